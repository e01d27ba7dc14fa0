//! The script that binds the program to the browser, as it is sent: without what only its readers need.

/// A generated script without its documentation, which stands in lines of its own, and without indentation.
pub(super) fn bare(script: &str) -> String {
    let mut documents = false;
    let mut bare = String::with_capacity(script.len());
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        documents |= line.starts_with("/**");
        if !documents {
            bare.push_str(line);
            bare.push('\n');
        }
        documents &= !line.ends_with("*/");
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_line_by_line_and_documentation_goes() {
        let script = "/** One. */\nexport class A {\n    /**\n     * @returns {number}\n     */\n    get() {\n\n        return 1 /* one */;\n    }\n}\n";
        assert_eq!(bare(script), "export class A {\nget() {\nreturn 1 /* one */;\n}\n}\n");
    }
}
