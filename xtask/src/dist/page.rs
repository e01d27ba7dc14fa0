//! Templates: values put into the page, and the permissions it asks the browser to hold it to.

use anyhow::{Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What `{{name}}` stands for in page, shell and manifest.
#[derive(Default)]
pub(super) struct Values(Vec<(String, String)>);

impl Values {
    /// Says what `{{name}}` stands for.
    pub(super) fn set(&mut self, name: &str, value: String) {
        self.0.push((format!("{{{{{name}}}}}"), value));
    }

    /// Replaces every known name in `template`.
    pub(super) fn fill(&self, template: &str) -> String {
        self.0.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

/// Puts the hashes of the page's inline scripts where the page allows scripts: text that
/// customers or imports bring in can then never run, whatever a screen does with it.
pub(super) fn allow_inline_scripts(page: String) -> String {
    let hashes: Vec<String> =
        inline_scripts(&page).map(|script| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))).collect();
    page.replace("{{inline_scripts}}", &hashes.join(" "))
}

fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script>").skip(1).filter_map(|rest| rest.split_once("</script>").map(|(script, _)| script))
}

/// Writes the version into the page, by which the worker knows that page and files belong together.
pub(super) fn name_version(page: &str, version: &str) -> String {
    page.replace("{{version}}", version)
}

/// The text as bytes, or an error when it names something that nobody gave a value for.
pub(super) fn complete(name: &str, text: String) -> Result<Vec<u8>> {
    if let Some((_, rest)) = text.split_once("{{") {
        let unknown = rest.split("}}").next().unwrap_or(rest);
        bail!("app/assets/{name} asks for {{{{{unknown}}}}}, which does not exist; icons are named by their file");
    }
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_is_replaced_and_an_unknown_one_is_an_error() {
        let mut values = Values::default();
        values.set("icon", "/assets/icon.png".to_owned());
        let text = values.fill("<{{icon}}> {{nothing}}");
        assert_eq!(text, "</assets/icon.png> {{nothing}}");
        let error = complete("index.html", text).expect_err("one name is unknown").to_string();
        assert!(error.contains("index.html") && error.contains("{{nothing}}"), "{error}");
    }

    #[test]
    fn exactly_the_inline_scripts_are_allowed() {
        let page = "<meta content=\"{{inline_scripts}}\"><script>one()</script><script src=\"x\"></script>";
        let allowed = allow_inline_scripts(page.to_owned());
        let hash = STANDARD.encode(Sha256::digest("one()"));
        assert!(allowed.contains(&format!("content=\"'sha256-{hash}'\"")), "{allowed}");
    }
}
