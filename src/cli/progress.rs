//! A sign of life on a terminal while something takes over a second.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::{Loudness, Output};

const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Does `work`; a line with `doing` moves on standard error from the second second on, if that is a terminal and the
/// run is not quiet, and is gone afterwards.
pub fn while_busy<T>(output: &Output, doing: &'static str, work: impl FnOnce() -> T) -> T {
    if output.loudness() == Loudness::Quiet {
        return work();
    }
    let (done, waiting) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waiting.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
                line.set_style(style);
            }
            line.set_message(doing);
            while waiting.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                line.tick();
            }
            line.finish_and_clear();
        });
        let result = work();
        // dropped before the scope ends: the other thread waits for it
        drop(done);
        result
    })
}
