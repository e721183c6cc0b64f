//! The status of small toolkits.
