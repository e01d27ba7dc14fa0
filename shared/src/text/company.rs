//! Customers: the list, what may be one, and everything about one of them.

use super::Lang;
use crate::duplicates::Reason;
use crate::model::{ContactPart, FileKind};

phrases! {
    customers() { zh: "客户", en: "Customers" }
    customer_count(n: usize) { zh: "共 {n} 个", en: "{n} in all" }
    new_company() { zh: "新客户", en: "New customer" }
    company_name() { zh: "客户名称", en: "Name" }
    find_company() { zh: "按名称查找", en: "Find by name" }
    no_customers() { zh: "还没有客户", en: "No customers yet" }
    no_customers_hint() {
        zh: "新建一个，或在新建商机时写下客户名称；导入表格也会带来客户。",
        en: "Add one, or name the customer when you write a deal down; an import brings customers too."
    }
    no_customer_of(name: &str) { zh: "没有名称含「{name}」的客户", en: "No customer’s name has “{name}” in it" }
    open_deals(n: usize) { zh: "{n} 个进行中", en: "{n} open" }
    last_touch(when: &str) { zh: "最近 {when}", en: "Last touch {when}" }
    never_touched() { zh: "还没有商机", en: "No deals yet" }
    open_customer(name: &str) { zh: "打开客户「{name}」", en: "Open customer {name}" }
    company_missing() { zh: "没有这个客户，或已被撤回", en: "There is no such customer, or it was taken back" }
    delete_company() { zh: "删除客户…", en: "Delete the customer…" }
    delete_company_note() {
        zh: "它会从所有设备的列表里消失；它的商机还在，但不再有客户。历史保留着，可以撤销。",
        en: "It leaves the lists on every device; its deals stay, without a customer. Its history is kept, and this can be undone."
    }
    company_added() { zh: "客户已新建", en: "Customer added" }
    loading_customer() { zh: "正在打开往来记录…", en: "Opening the documents…" }

    duplicates_count(n: usize) { zh: "{n} 组可能重复", en: "Possible duplicates: {n}" }
    same_people(n: usize) { zh: "{n} 组联系人可能是同一人", en: "Contacts who may be one person: {n}" }
    compare() { zh: "对比", en: "Compare" }
    compare_both(one: &str, other: &str) { zh: "对比「{one}」和「{other}」", en: "Compare {one} and {other}" }
    are_they_one() { zh: "是同一个吗？", en: "Are they one?" }
    keep_record(name: &str) { zh: "合并，保留「{name}」", en: "Merge, keep {name}" }
    not_the_same() { zh: "不是同一个", en: "Not the same" }
    merge_explained() {
        zh: "两边的商机和联系人都归到保留的这一条；另一条不会删除，随时可以取消合并。",
        en: "Deals and contacts of both then stand under the one you keep. Nothing is deleted; the merge can be taken back at any time."
    }
    merged_into(name: &str) { zh: "已合并到「{name}」", en: "Merged into {name}" }
    merged_here() { zh: "合并进来的客户", en: "Merged into this customer" }
    take_merge_back() { zh: "取消合并", en: "Take the merge back" }
    merge_taken_back(name: &str) { zh: "「{name}」已重新独立", en: "{name} stands for itself again" }
    same_as() { zh: "与另一个客户合并…", en: "Merge with another customer…" }
    same_person_as() { zh: "与另一个联系人合并…", en: "Merge with another contact…" }
    other_company() { zh: "另一个客户的名称", en: "Name of the other customer" }
    choose_known_company() { zh: "没有这个名称的其他客户；请从列表中选", en: "No other customer has this name; choose one from the list" }
    merge_companies_first() {
        zh: "他们在两个客户名下。先合并两个客户，才能合并联系人。",
        en: "They stand under two customers. Merge the customers first, then the contacts."
    }

    contacts() { zh: "联系人", en: "Contacts" }
    no_contacts() { zh: "还没有联系人", en: "No contacts yet" }
    add_contact() { zh: "添加联系人", en: "Add contact" }
    edit_contact(name: &str) { zh: "编辑{name}", en: "Edit {name}" }
    contact_name() { zh: "姓名", en: "Name" }
    contact_role_label() { zh: "在决策中的角色", en: "Part in the decision" }
    contact_phone() { zh: "电话", en: "Phone" }
    contact_email() { zh: "邮箱", en: "Email" }
    contact_kept() { zh: "联系人已保存", en: "Contact saved" }
    call_to(who: &str) { zh: "给{who}打电话", en: "Call {who}" }
    mail_to(who: &str) { zh: "给{who}写邮件", en: "Write to {who}" }
    visit_site() { zh: "打开网站", en: "Open the web site" }
    show_on_map() { zh: "在地图上看", en: "Show on a map" }

    its_deals() { zh: "商机", en: "Deals" }
    its_open() { zh: "进行中", en: "Open" }
    its_won() { zh: "赢单", en: "Won" }
    its_lost() { zh: "输单", en: "Lost" }
    win_rate() { zh: "赢单率", en: "Win rate" }
    no_deals_here() { zh: "还没有商机", en: "No deals yet" }
    to_do() { zh: "待办", en: "Planned" }
    nothing_planned() { zh: "没有计划中的活动", en: "Nothing is planned" }
    no_attachments() { zh: "没有附件", en: "No attachments" }
    all_dealings() { zh: "全部往来", en: "Timeline of all deals" }
    opened_of(opened: usize, all: usize) { zh: "已打开 {opened} / {all} 个商机", en: "Deals opened: {opened} of {all}" }
    load_rest(n: usize) { zh: "再加载其余 {n} 个商机", en: "Load the other {n}" }
    show_earlier() { zh: "显示更早的", en: "Show earlier" }
    nothing_happened() { zh: "还没有往来记录", en: "Nothing happened yet" }
    part_of(part: &str, name: &str) { zh: "{name}的{part}", en: "{part} of {name}" }
    itself() { zh: "客户资料", en: "Customer record" }
}

impl Lang {
    /// What speaks for two records being one.
    pub const fn duplicate_reason(self, why: Reason) -> &'static str {
        match (why, self) {
            (Reason::Name, Self::Zh) => "名称相同",
            (Reason::Name, Self::En) => "same name",
            (Reason::Sound, Self::Zh) => "读音相同",
            (Reason::Sound, Self::En) => "names sound the same",
            (Reason::Domain, Self::Zh) => "域名相同",
            (Reason::Domain, Self::En) => "same domain",
            (Reason::Email, Self::Zh) => "邮箱相同",
            (Reason::Email, Self::En) => "same mail address",
            (Reason::Phone, Self::Zh) => "电话相同",
            (Reason::Phone, Self::En) => "same telephone number",
        }
    }

    /// A part of what is known of a person.
    pub const fn contact_part(self, part: ContactPart) -> &'static str {
        match part {
            ContactPart::Name => self.contact_name(),
            ContactPart::Role => self.contact_role_label(),
            ContactPart::Phone => self.contact_phone(),
            ContactPart::Email => self.contact_email(),
        }
    }

    /// What a file is.
    pub const fn attached(self, kind: FileKind) -> &'static str {
        match (kind, self) {
            (FileKind::Image, Self::Zh) => "图片",
            (FileKind::Image, Self::En) => "Picture",
            (FileKind::Pdf, _) => "PDF",
            (FileKind::Mail, Self::Zh) => "邮件",
            (FileKind::Mail, Self::En) => "Mail",
            (FileKind::Text, Self::Zh) => "文本",
            (FileKind::Text, Self::En) => "Text",
            (FileKind::Office, Self::Zh) => "文档",
            (FileKind::Office, Self::En) => "Document",
        }
    }
}
