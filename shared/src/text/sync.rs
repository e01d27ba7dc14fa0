//! The sync badge.

use super::Lang;
use crate::wire::Ended;

phrases! {
    saved_here() { zh: "已存本机", en: "Saved on this device" }
    waiting(n: usize) { zh: "{n} 处更改待同步", en: "{n} waiting to be synced" }
    all_acknowledged() { zh: "已全部同步", en: "All synced" }
    offline() { zh: "离线", en: "Offline" }
    connecting() { zh: "正在连接", en: "Connecting" }
    last_sync(when: &str) { zh: "上次 {when}", en: "Last {when}" }
    fingerprint(digest: &str) { zh: "看板指纹 {digest}", en: "Board {digest}" }
    storage_denied() {
        zh: "浏览器不允许保存数据；请关闭隐私模式或允许本站存储",
        en: "The browser refuses to store data; leave private mode or allow storage for this site"
    }
    disk_full() {
        zh: "磁盘已满，最后的更改没有保存；请腾出空间后重做",
        en: "The disk is full and the last change was not saved; free space and do it again"
    }
    storage_broken(name: &str) {
        zh: "本机存储出错（{name}）；已保存的都还在，请重新加载页面",
        en: "Storage on this device failed ({name}); what was saved is safe. Reload the page"
    }
    device_forgotten() {
        zh: "本机忘了自己属于哪个团队；请用新的邀请链接重新加入",
        en: "This device forgot which workspace it belongs to; join again with a new link"
    }
    device_removed() {
        zh: "同步已停止：这台设备已被移出团队；本机上的数据仍可查看，用新的邀请链接可以重新加入",
        en: "Syncing stopped: this device was removed from the workspace. What is on it can still be read; a new link lets it back in"
    }
    device_unknown() {
        zh: "同步已停止：服务器不认识这台设备；请用新的邀请链接重新加入",
        en: "Syncing stopped: the relay does not know this device; join again with a new link"
    }
    list_forged() {
        zh: "同步已停止：服务器给出的成员名单不可信；请联系所有者",
        en: "Syncing stopped: the relay shows a list of members that cannot be trusted; tell an owner"
    }
    changes_held(role: &str) {
        zh: "有更改留在本机，因为它们需要“{role}”角色",
        en: "Some changes stay on this device, because they take the role {role}"
    }
    relay_version(version: u8) {
        zh: "同步已停止：服务器的协议版本是 {version}；请重新加载页面以更新",
        en: "Syncing stopped: the relay speaks version {version}; reload the page for its app"
    }
    relay_puzzled() {
        zh: "同步已停止：服务器读不懂收到的内容；请重新加载页面",
        en: "Syncing stopped: the relay could not read what was sent; reload the page"
    }
    relay_closing() {
        zh: "服务器正在关闭；稍后会自动重新连接",
        en: "The relay is shutting down; this device connects again by itself"
    }
    relay_crowded() {
        zh: "这台设备与服务器的连接太多；稍后会自动重新连接",
        en: "This device has too many connections to the relay; it connects again by itself"
    }
    relay_full(megabytes: u64) {
        zh: "服务器上的空间（{megabytes} MiB）已用完；新的更改留在本机，请让管理员扩大空间",
        en: "The relay’s room for this workspace ({megabytes} MiB) is used up; new changes stay on this device. Ask whoever runs the relay for more"
    }
    storage_fails() { zh: "Sluice 用不了本机存储", en: "Sluice cannot use this device’s storage" }
    storage_safe() { zh: "已经保存的数据不受影响。", en: "What was saved before is not touched." }
    try_again() { zh: "再试一次", en: "Try again" }
    damaged(n: usize) {
        zh: "{n} 处存储已损坏，已放在一边，正在取回",
        en: "{n} stored pieces were damaged and put aside; they are being fetched again"
    }
    refused(n: usize) {
        zh: "{n} 处别人的改动不可信，已放在一边，其余照常",
        en: "{n} changes of others cannot be trusted and were put aside; everything else goes on"
    }
    update_ready() { zh: "有新版本", en: "A new version is ready" }
    refresh() { zh: "刷新", en: "Refresh" }
}

impl Lang {
    /// Why the relay ended the conversation, and what helps.
    pub fn ended(self, ended: &Ended) -> String {
        match ended {
            Ended::Unknown => self.device_unknown().to_owned(),
            Ended::Removed => self.device_removed().to_owned(),
            Ended::Version(version) => self.relay_version(*version),
            Ended::Malformed(_) => self.relay_puzzled().to_owned(),
            Ended::Unavailable => self.relay_closing().to_owned(),
            Ended::Crowded => self.relay_crowded().to_owned(),
            Ended::Full(bytes) => self.relay_full(bytes / (1024 * 1024)),
        }
    }
}
