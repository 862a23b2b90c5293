//! View: what is done again whenever a value changes that it took.
//!
//! A subscriber of Leptos' reactive graph, as its own effects are, without a channel, a future and an owner each: what is
//! due runs in one microtask, in the order in which it became due.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::rc::{Rc, Weak};
use std::sync::{self, Arc};

use reactive_graph::graph::{AnySource, AnySubscriber, ReactiveNode, Subscriber, WithObserver};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::faults;

thread_local! {
    // A subscriber is one that may go to another thread: it knows a place in here.
    // Nothing of these is dropped with the thread: what would see to that is left out.
    static FOLLOWERS: ManuallyDrop<RefCell<Vec<Weak<Follower>>>> = const { ManuallyDrop::new(RefCell::new(Vec::new())) };
    static DUE: ManuallyDrop<RefCell<Vec<usize>>> = const { ManuallyDrop::new(RefCell::new(Vec::new())) };
    static TURN: ManuallyDrop<Closure<dyn FnMut()>> = ManuallyDrop::new(Closure::new(run_due));
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(act: &Closure<dyn FnMut()>);
}

/// What is done again until this is dropped.
#[expect(dead_code, reason = "nobody asks for it: it is held until its end")]
pub struct Effect(Rc<Follower>);

impl Effect {
    /// Does something now, and again after any value that it took has changed.
    pub fn new(act: Box<dyn FnMut()>) -> Self {
        let follower = Rc::new(Follower {
            act: RefCell::new(act),
            run: RefCell::default(),
            is_due: Cell::new(false),
        });
        let place = FOLLOWERS.with(|all| {
            let mut all = all.borrow_mut();
            let free = all.iter().position(|earlier| earlier.strong_count() == 0);
            let place = free.unwrap_or(all.len());
            let own = Rc::downgrade(&follower);
            match all.get_mut(place) {
                Some(free) => *free = own,
                None => all.push(own),
            }
            place
        });
        follower.run(place);
        Self(follower)
    }
}

struct Follower {
    act: RefCell<Box<dyn FnMut()>>,
    run: RefCell<Option<Arc<Run>>>,
    is_due: Cell<bool>,
}

impl Follower {
    fn at(place: usize) -> Option<Rc<Self>> {
        FOLLOWERS.with(|all| all.borrow().get(place)?.upgrade())
    }

    fn run(&self, place: usize) {
        self.is_due.set(false);
        let run = Arc::new(Run(place));
        let weak: sync::Weak<Run> = Arc::downgrade(&run);
        let subscriber = AnySubscriber(weak.as_ptr().addr(), weak);
        // With the earlier run goes whatever led from the values that it took to here.
        *self.run.borrow_mut() = Some(run);
        faults::strike("effect");
        subscriber.with_observer(|| self.act.borrow_mut()());
    }
}

/// One run of an effect, which what it takes holds weakly: the place of its follower.
struct Run(usize);

impl ReactiveNode for Run {
    fn mark_dirty(&self) {
        if Follower::at(self.0).is_none_or(|follower| follower.is_due.replace(true)) {
            return;
        }
        let due = DUE.with(|due| {
            let mut due = due.borrow_mut();
            due.push(self.0);
            due.len()
        });
        if due == 1 {
            TURN.with(|turn| queue_microtask(turn));
        }
    }

    fn mark_check(&self) {
        self.mark_dirty();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        false
    }
}

impl Subscriber for Run {
    fn add_source(&self, _: AnySource) {}

    fn clear_sources(&self, _: &AnySubscriber) {}
}

/// Runs what is due. What becomes due by it has a turn of its own.
fn run_due() {
    for place in DUE.with(|due| due.take()) {
        // What went meanwhile with what showed it is not done any more, nor what took its place.
        if let Some(follower) = Follower::at(place).filter(|follower| follower.is_due.get()) {
            follower.run(place);
        }
    }
}
