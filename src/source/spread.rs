//! Work over a list: on all threads where it is long, on this one where it is short. To wake the others costs more than a
//! few files do, and after a save only few are new.

use rayon::prelude::*;

/// So many entries are done before others could have begun.
const FEW: usize = 8;

/// What `work` makes of each entry, in their order.
pub fn spread<T: Send, R: Send>(list: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if list.len() <= FEW { list.into_iter().map(work).collect() } else { list.into_par_iter().map(work).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for count in [0, 1, FEW, FEW + 1, 1000] {
            let list: Vec<usize> = (0..count).collect();
            assert_eq!(spread(list.clone(), |n| n), list);
        }
    }
}
