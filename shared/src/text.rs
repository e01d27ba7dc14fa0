//! Words for people, in both languages; a phrase that lacks one does not compile.

/// Makes a method of `Lang` out of each phrase. Phrases with numbers or names in them take them as arguments.
macro_rules! phrases {
    (@one $name:ident() $zh:literal $en:literal) => {
        #[doc = $en]
        pub const fn $name(self) -> &'static str {
            match self { Self::Zh => $zh, Self::En => $en }
        }
    };
    (@one $name:ident($($arg:ident: $kind:ty),+) $zh:literal $en:literal) => {
        #[doc = $en]
        pub fn $name(self, $($arg: $kind),+) -> String {
            match self { Self::Zh => format!($zh), Self::En => format!($en) }
        }
    };
    ($($name:ident($($arg:ident: $kind:ty),*) { zh: $zh:literal, en: $en:literal })*) => {
        impl crate::text::Lang {$(
            phrases!(@one $name($($arg: $kind),*) $zh $en);
        )*}
    };
}

mod automation;
mod board;
mod company;
mod condition;
mod custom;
mod deal;
mod designer;
mod event;
mod export;
mod files;
mod find;
mod frame;
mod import;
mod lang;
mod leads;
mod name;
mod product;
mod reason;
mod refusal;
mod settings;
mod sync;
mod today;

pub use condition::Names;
pub use lang::{Label, Lang};

#[cfg(test)]
mod tests;
