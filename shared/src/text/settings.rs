//! Joining a workspace, and one's own settings.

phrases! {
    join_title() { zh: "加入团队", en: "Join a workspace" }
    join_hint() {
        zh: "打开收到的邀请链接，或把它粘贴到这里；也可以输入恢复码。",
        en: "Open the invitation link you were given, or paste it here; a recovery code does as well."
    }
    invite_link() { zh: "邀请链接", en: "Invitation link" }
    join_name_hint() {
        zh: "告诉团队你是谁，然后就能在这台设备上工作，没有网络也可以。",
        en: "Tell the team who you are. Then this device works, with or without a network."
    }
    scan() { zh: "扫描二维码", en: "Scan the code" }
    no_camera() {
        zh: "用不了摄像头；请把链接粘贴到这里",
        en: "The camera cannot be used; paste the link instead"
    }
    your_name() { zh: "你的名字", en: "Your name" }
    join() { zh: "加入", en: "Join" }
    joining() { zh: "正在加入…", en: "Joining…" }
    link_unreadable() {
        zh: "这不是邀请链接或恢复码；链接应含有 #/join/…",
        en: "This is no invitation link or recovery code; a link contains #/join/…"
    }
    relay_unreachable() { zh: "连不上服务器；请联网后再试", en: "The relay cannot be reached; connect, then try again" }
    link_unknown() {
        zh: "服务器不认识这个链接；请再要一个新的",
        en: "The relay does not know this link; ask for a new one"
    }
    link_used() {
        zh: "这个链接已经用过了，每个只能用一次；请再要一个新的",
        en: "This link was used already, each works once; ask for a new one"
    }
    link_expired() { zh: "这个链接已过期；请再要一个新的", en: "This link has expired; ask for a new one" }
    not_joined() {
        zh: "这台设备不再属于这个团队；请用新的邀请链接重新加入",
        en: "This device belongs to the workspace no more; join again with a new link"
    }
    may_not_invite() {
        zh: "你的角色不能邀请这个角色；请找经理或所有者",
        en: "Your role may not invite this one; ask a manager or an owner"
    }
    last_owner() {
        zh: "团队至少要有一位所有者的一台设备；请先让别人成为所有者",
        en: "An owner’s device has to stay; make somebody else an owner first"
    }
    list_moved_on() {
        zh: "成员名单刚刚被别人更改；请再试一次",
        en: "Somebody else has just changed the list of members; try again"
    }
    relay_stopping() { zh: "服务器正在关闭；请稍后再试", en: "The relay is shutting down; try again later" }
    relay_failed() {
        zh: "服务器没能办到；请稍后再试，仍不行请告诉管理它的人",
        en: "The relay could not do this; try again later, then tell whoever runs it"
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
    invite_as() { zh: "邀请为", en: "Invite as" }
    members() { zh: "成员", en: "Members" }
    role_of(name: &str) { zh: "{name} 的角色", en: "Role of {name}" }
    sight_of(name: &str) { zh: "{name} 看到", en: "{name} sees" }
    team_of(name: &str) { zh: "{name} 的小组", en: "Team of {name}" }
    invite_sees() { zh: "能看到", en: "Sees" }
    invite_team() { zh: "小组（可不填）", en: "In the team (optional)" }
    devices() { zh: "设备", en: "Devices" }
    this_device() { zh: "这台设备", en: "this device" }
    last_seen(when: &str) { zh: "上次在线 {when}", en: "last seen {when}" }
    not_seen() { zh: "还没有连接过", en: "not seen yet" }
    remove_device() { zh: "移除", en: "Remove" }
    remove_device_really() { zh: "再按一次，立即断开", en: "Press again to cut it off" }
    recovery() { zh: "恢复码", en: "Recovery code" }
    recovery_hint() {
        zh: "如果最后一位所有者丢了所有设备，只有恢复码能让人回来。把它印在纸上，放在安全的地方。",
        en: "If the last owner loses every device, only this code lets somebody back in. Print it and lock it away."
    }
    recovery_none() { zh: "还没有恢复码。", en: "There is none yet." }
    recovery_is() {
        zh: "已有恢复码；生成新的会使旧的失效。",
        en: "One was made; making another makes it worthless."
    }
    make_recovery() { zh: "生成恢复码", en: "Make a recovery code" }
    recovery_once() {
        zh: "只在这里显示一次。在新设备的“加入团队”页面输入它。",
        en: "It is shown here once. Type it into the page that joins a workspace, on a new device."
    }
    print_page() { zh: "打印", en: "Print" }
    invite_once() {
        zh: "链接只能用一次，15 分钟内有效。用另一台设备扫码，或把链接发过去。",
        en: "The link works once, within 15 minutes. Scan it with the other device, or send the link."
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
