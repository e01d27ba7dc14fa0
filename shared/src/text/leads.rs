//! Leads: the list, what is known of one, and how it becomes a deal.

phrases! {
    leads() { zh: "线索", en: "Leads" }
    add_lead() { zh: "新线索", en: "New lead" }
    no_leads() { zh: "没有待跟进的线索", en: "No leads wait" }
    no_leads_hint() {
        zh: "记下展会、来电、转介绍认识的人；有机会时一键转成商机。",
        en: "Write down whom you met at a fair, by phone or through others; a tap turns one into a deal."
    }
    none_here() { zh: "这里还没有", en: "None here yet" }
    which_leads() { zh: "哪些线索", en: "Which leads" }
    convert() { zh: "转为商机", en: "Turn into a deal" }
    converted(name: &str) { zh: "「{name}」已转为商机", en: "“{name}” is a deal now" }
    dismiss() { zh: "放弃", en: "Dismiss" }
    dismiss_reason() { zh: "为什么放弃", en: "Why it leads nowhere" }
    dismissed(name: &str) { zh: "已放弃「{name}」", en: "“{name}” is dismissed" }
    dismissed_at(when: &str, reason: &str) { zh: "{when} 放弃：{reason}", en: "Dismissed {when}: {reason}" }
    revive() { zh: "重新跟进", en: "Look at it again" }
    revived(name: &str) { zh: "「{name}」重新跟进", en: "“{name}” is looked at again" }
    lead_changed(what: &str) { zh: "已更新{what}", en: "Updated: {what}" }
}
