//! What is wrong with a file, a mapping or a row of an import, in words that say what to do.

use super::Lang;
use crate::import::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MappingError, Reason, TableError};
use crate::money::{Currency, MoneyError};

phrases! {
    row_cells(found: usize, expected: usize) {
        zh: "这一行有 {found} 格，表头有 {expected} 格；含分隔符的格子请加引号",
        en: "the row has {found} cells where the header has {expected}; quote cells that contain the separator"
    }
    cell_size(kib: usize) {
        zh: "有一格超过 {kib} KiB；请检查是否有没闭合的引号",
        en: "a cell is larger than {kib} KiB; look for a quotation mark that is not closed"
    }
    quotation_open() { zh: "引号没有闭合", en: "a quotation mark is not closed" }
    bytes_unreadable() {
        zh: "有无法识别的字节；请把文件另存为 UTF-8",
        en: "the text has bytes that cannot be read; save the file as UTF-8"
    }
    unknown_stage(value: &str) {
        zh: "未知阶段「{value}」；请对应到某个阶段、赢单或输单",
        en: "unknown stage {value:?}; map it to a stage, to won or to lost"
    }
    stage_empty() { zh: "阶段为空", en: "the stage is empty" }
    unknown_status(value: &str) {
        zh: "未知状态「{value}」；请对应到进行中、赢单或输单",
        en: "unknown status {value:?}; map it to open, won or lost"
    }
    impossible_date(value: &str) { zh: "不是可能的日期：「{value}」", en: "not a possible date: {value:?}" }
    not_a_number(value: &str) { zh: "不是数字：「{value}」", en: "not a number: {value:?}" }
    unknown_choice(value: &str) {
        zh: "字段没有选项「{value}」；请在自定义字段里添加，或改这一格",
        en: "the field offers no {value:?}; add the choice on the page of custom fields, or change the cell"
    }
    unknown_person(value: &str) {
        zh: "团队里没有「{value}」；请先邀请，或改这一格",
        en: "nobody of the team is called {value:?}; invite them first, or change the cell"
    }
    not_a_link(value: &str) {
        zh: "不是链接：「{value}」；链接以 https:// 或 http:// 开头",
        en: "not a link: {value:?}; a link begins with https:// or http://"
    }
    not_a_flag(value: &str) { zh: "既不是「是」也不是「否」：「{value}」", en: "neither yes nor no: {value:?}" }
    field_lacking(name: &str) {
        zh: "列对应里的字段「{name}」团队没有；请另选一个，或先添加它",
        en: "the mapping names a field {name:?} that deals do not have; choose another, or add it first"
    }
    row_without_company() {
        zh: "这一行没有客户可写；请对应客户列，或先填好客户名称",
        en: "there is no customer to write this to; map the customer's column, or fill in its name"
    }
    row_without_contact() {
        zh: "这一行没有联系人可写；请对应联系人列，或先填好姓名",
        en: "there is no person to write this to; map the contact's column, or fill in the name"
    }
    contrary_row(line: usize) {
        zh: "第 {line} 行对同一条记录写了不同的内容；请改成一致，或把其中一格留空",
        en: "line {line} says otherwise of the same record; make them alike, or leave one empty"
    }
    row_untitled() {
        zh: "这一行没有名称，没有客户，也没有编号",
        en: "the row has neither a title nor a company nor an id"
    }
    text_too_long(limit: usize) { zh: "文字超过 {limit} 个字", en: "the text is longer than {limit} characters" }
    repeated_row(line: usize) {
        zh: "第 {line} 行编号相同而内容不同；保留了那一行",
        en: "line {line} has the same id with other content; that one is kept"
    }
    not_a_currency(code: &str) { zh: "不是货币代码：「{code}」", en: "not a currency: {code:?}" }
    not_an_amount(text: &str) { zh: "不是金额：「{text}」", en: "not an amount: {text:?}" }
    too_precise(text: &str, currency: Currency) {
        zh: "「{text}」的小数位多于{currency}所有的",
        en: "{text:?} has more decimal places than {currency} has"
    }
    negative_amount(text: &str) { zh: "金额为负：「{text}」", en: "negative amount: {text:?}" }
    amount_too_large(text: &str) { zh: "金额大得离谱：「{text}」", en: "amount is absurdly large: {text:?}" }
    file_too_large(mib: usize) {
        zh: "文件超过 {mib} MiB；请拆成几份",
        en: "the file is larger than {mib} MiB; split it"
    }
    too_many_rows(limit: usize) {
        zh: "文件超过 {limit} 行；请拆成几份",
        en: "the file has more than {limit} rows; split it"
    }
    too_many_columns(found: usize, limit: usize) {
        zh: "表头有 {found} 列，最多 {limit} 列；请删去不需要的列",
        en: "the header has {found} columns, more than {limit}; remove the ones you do not need"
    }
    not_text() {
        zh: "这不是文本文件；请在它的程序里打开，另存为 CSV（UTF-8）",
        en: "this is not a text file; open it in its program and save it as CSV (UTF-8)"
    }
    encoding_unknown(label: &str) {
        zh: "文件的编码是 {label}，这里读不了；请另存为 UTF-8",
        en: "the file is written in {label}, which cannot be read here; save it as UTF-8"
    }
    no_header() {
        zh: "文件没有表头：第一行须写明各列的名称",
        en: "the file has no header: its first line must name the columns"
    }
    column_lacking(name: &str) {
        zh: "列对应里的「{name}」在文件里没有；请另选一列",
        en: "the mapping names a column {name:?} that the file does not have; choose another"
    }
    pipeline_lacking() {
        zh: "列对应里的管道在团队里没有；请另选一个",
        en: "the mapping names a pipeline that the workspace does not have; choose another"
    }
    stage_lacking(name: &str) {
        zh: "列对应里的阶段「{name}」在管道里没有；请另选一个",
        en: "the mapping names a stage {name:?} that the pipeline does not have; choose another"
    }
    mapping_untitled() {
        zh: "还不知道商机叫什么；请为商机名称、客户或编号选择一列",
        en: "nothing says what the deals are called; choose a column for the title, the customer or the identifier"
    }
}

impl Lang {
    /// Why a row was not imported.
    pub fn row_reason(self, reason: &Reason) -> String {
        match reason {
            Reason::Cells { expected, found } => self.row_cells(*found, *expected),
            Reason::CellSize => self.cell_size(MAX_CELL_BYTES / 1024),
            Reason::Quotation => self.quotation_open().to_owned(),
            Reason::Unreadable => self.bytes_unreadable().to_owned(),
            Reason::Stage(value) => self.unknown_stage(value),
            Reason::NoStage => self.stage_empty().to_owned(),
            Reason::Status(value) => self.unknown_status(value),
            Reason::Amount(error) => self.money_error(error),
            Reason::Date(value) => self.impossible_date(value),
            Reason::Number(value) => self.not_a_number(value),
            Reason::Choice(value) => self.unknown_choice(value),
            Reason::Person(value) => self.unknown_person(value),
            Reason::Link(value) => self.not_a_link(value),
            Reason::Flag(value) => self.not_a_flag(value),
            Reason::NoCompany => self.row_without_company().to_owned(),
            Reason::NoContact => self.row_without_contact().to_owned(),
            Reason::Contrary(line) => self.contrary_row(*line),
            Reason::Untitled => self.row_untitled().to_owned(),
            Reason::TooLong(limit) => self.text_too_long(*limit),
            Reason::Repeated(line) => self.repeated_row(*line),
            Reason::Refused(refusal) => self.refusal(refusal),
        }
    }

    /// Why a file cannot be read at all.
    pub fn table_error(self, error: &TableError) -> String {
        match error {
            TableError::FileSize => self.file_too_large(MAX_FILE_BYTES / 1024 / 1024),
            TableError::Rows => self.too_many_rows(MAX_ROWS),
            TableError::Columns(found) => self.too_many_columns(*found, MAX_COLUMNS),
            TableError::NotText => self.not_text().to_owned(),
            TableError::Encoding(encoding) => self.encoding_unknown(encoding.label()),
            TableError::NoHeader => self.no_header().to_owned(),
        }
    }

    /// Why a mapping does not fit a file or the team.
    pub fn mapping_error(self, error: &MappingError) -> String {
        match error {
            MappingError::Column(name) => self.column_lacking(name),
            MappingError::Pipeline => self.pipeline_lacking().to_owned(),
            MappingError::Stage(name) => self.stage_lacking(name),
            MappingError::Field(name) => self.field_lacking(name),
            MappingError::Untitled => self.mapping_untitled().to_owned(),
        }
    }

    /// Why a text is not an amount.
    pub fn money_error(self, error: &MoneyError) -> String {
        match error {
            MoneyError::Currency(code) => self.not_a_currency(code),
            MoneyError::Number(text) => self.not_an_amount(text),
            MoneyError::Precision(text, currency) => self.too_precise(text, *currency),
            MoneyError::Negative(text) => self.negative_amount(text),
            MoneyError::TooLarge(text) => self.amount_too_large(text),
        }
    }
}
