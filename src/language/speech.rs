//! How long a text takes to say.

/// Words a minute where a profile names none: the planning figure for spoken English.
pub const WORDS_PER_MINUTE: u32 = 130;

/// Seconds that `words` words take at `per_minute` words a minute, rounded to the nearest.
#[must_use]
pub fn seconds(words: usize, per_minute: u32) -> u32 {
    let per_minute = u64::from(per_minute.max(1));
    let seconds = (words as u64 * 60 + per_minute / 2) / per_minute;
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_words_times_sixty_by_words_a_minute() {
        assert_eq!(seconds(130, 130), 60);
        assert_eq!(seconds(70, 130), 32);
        assert_eq!(seconds(0, 130), 0);
        assert_eq!(seconds(5, 0), 300, "a speed of nothing is taken as one word a minute");
    }
}
