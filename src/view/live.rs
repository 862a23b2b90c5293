//! View: a value that effects follow.
//!
//! Leptos' signals are generic in all that they do; here the reactive graph is entered through its trigger alone, which
//! is no generic type, so that another kind of value costs next to nothing in the binary.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, Notify, Track};

/// A value that runs again every effect that took it, once it is set.
pub struct Live<T> {
    value: RefCell<Rc<T>>,
    version: Cell<u32>,
    trigger: ArcTrigger,
}

impl<T> Live<T> {
    /// The value to begin with.
    pub fn new(value: T) -> Self {
        Self {
            value: RefCell::new(Rc::new(value)),
            version: Cell::new(0),
            trigger: ArcTrigger::new(),
        }
    }

    /// The value; an effect that takes it follows it.
    pub fn get(&self) -> Rc<T> {
        self.trigger.track();
        Rc::clone(&self.value.borrow())
    }

    /// Tells one value from the next; an effect that asks follows the value.
    pub fn version(&self) -> u32 {
        self.trigger.track();
        self.version.get()
    }

    /// Sets another value.
    pub fn set(&self, value: T) {
        drop(self.value.replace(Rc::new(value)));
        changed(&self.version, &self.trigger);
    }
}

// Apart from what it is that changed, so that it is compiled once.
fn changed(version: &Cell<u32>, trigger: &ArcTrigger) {
    version.set(version.get().wrapping_add(1));
    trigger.notify();
}

impl<T: PartialEq> Live<T> {
    /// Sets a value, unless it is the same.
    pub fn settle(&self, value: T) {
        if **self.value.borrow() != value {
            self.set(value);
        }
    }
}
