//! Import told as whole files in, commands and named problems out.

mod around;
mod batches;
mod custom;
mod encodings;
mod files;
mod guesses;
mod maven;
mod mess;
mod noise;
mod plans;
mod samples;
mod values;
mod world;
