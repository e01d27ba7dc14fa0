//! Joining a workspace, and one's own settings.

phrases! {
    join_title() { zh: "加入团队", en: "Join a workspace" }
    join_hint() {
        zh: "打开收到的邀请链接，或把它粘贴到这里。",
        en: "Open the invitation link you were given, or paste it here."
    }
    invite_link() { zh: "邀请链接", en: "Invitation link" }
    your_name() { zh: "你的名字", en: "Your name" }
    join() { zh: "加入", en: "Join" }
    joining() { zh: "正在加入…", en: "Joining…" }
    link_unreadable() {
        zh: "这不是邀请链接；它应含有 #/join/…",
        en: "This is not an invitation link; it should contain #/join/…"
    }
    language() { zh: "语言", en: "Language" }
    theme() { zh: "外观", en: "Appearance" }
    theme_system() { zh: "跟随系统", en: "As the system" }
    theme_light() { zh: "浅色", en: "Light" }
    theme_dark() { zh: "深色", en: "Dark" }
    me() { zh: "我", en: "Me" }
    team() { zh: "团队", en: "Team" }
    add_my_device() { zh: "添加我的另一台设备", en: "Add another device of mine" }
    invite_colleague() { zh: "邀请同事", en: "Invite a colleague" }
    role_label() { zh: "角色", en: "Role" }
    invite_once() {
        zh: "链接只能用一次。用另一台设备扫码，或把链接发过去。",
        en: "The link works once. Scan it with the other device, or send the link."
    }
    copy() { zh: "复制", en: "Copy" }
    copied() { zh: "已复制", en: "Copied" }
    storage() { zh: "本机存储", en: "Storage on this device" }
    storage_kept() { zh: "浏览器承诺保留这些数据", en: "The browser promises to keep this data" }
    storage_may_go() {
        zh: "空间不足时浏览器可能清除这些数据；同步后在服务器上仍有一份",
        en: "The browser may clear this data when space runs out; what was synced is also on the relay"
    }
    keep_storage() { zh: "请求保留", en: "Ask to keep it" }
    qr_label() { zh: "邀请二维码", en: "Invitation as a QR code" }
}
