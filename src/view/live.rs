//! View: a value that effects follow.
//!
//! Leptos' signals are generic in all that they do, and keep hash sets; this one is a list of the graph's subscribers, so
//! that another kind of value costs next to nothing in the binary.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use reactive_graph::graph::{AnySubscriber, Observer, ReactiveNode};

/// A value that runs again every effect that took it, once it is set.
pub struct Live<T> {
    value: RefCell<Rc<T>>,
    followed: Followed,
}

impl<T> Live<T> {
    /// The value to begin with.
    pub fn new(value: T) -> Self {
        Self {
            value: RefCell::new(Rc::new(value)),
            followed: Followed::default(),
        }
    }

    /// The value; an effect that takes it follows it.
    pub fn get(&self) -> Rc<T> {
        self.followed.track();
        Rc::clone(&self.value.borrow())
    }

    /// Tells one value from the next; an effect that asks follows the value.
    pub fn version(&self) -> u32 {
        self.followed.track();
        self.followed.version.get()
    }

    /// Sets another value.
    pub fn set(&self, value: T) {
        drop(self.value.replace(Rc::new(value)));
        self.followed.notify();
    }
}

impl<T: PartialEq> Live<T> {
    /// Sets a value, unless it is the same.
    pub fn settle(&self, value: T) {
        if **self.value.borrow() != value {
            self.set(value);
        }
    }
}

// Apart from what it is that is followed, so that it is compiled once.
#[derive(Default)]
struct Followed {
    version: Cell<u32>,
    by: RefCell<Vec<AnySubscriber>>,
}

impl Followed {
    fn track(&self) {
        let Some(subscriber) = Observer::get() else { return };
        let mut by = self.by.borrow_mut();
        if by.last() == Some(&subscriber) {
            return;
        }
        // Before the list grows: what has gone meanwhile leaves it.
        if by.len() == by.capacity() {
            by.retain(|subscriber| subscriber.1.strong_count() > 0);
        }
        by.push(subscriber);
    }

    fn notify(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        for subscriber in self.by.take() {
            subscriber.mark_dirty();
        }
    }
}
