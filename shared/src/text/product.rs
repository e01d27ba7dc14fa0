//! The products of a deal: what, how many, at which price, and whether they are what the deal is worth.

phrases! {
    products() { zh: "产品", en: "Products" }
    no_products() { zh: "还没有产品", en: "No products yet" }
    add_product() { zh: "添加产品", en: "Add a product" }
    edit_product(name: &str) { zh: "编辑「{name}」", en: "Edit {name}" }
    remove_product(name: &str) { zh: "去掉「{name}」", en: "Take {name} off" }
    product_name() { zh: "产品名称", en: "Product" }
    quantity() { zh: "数量", en: "Quantity" }
    unit_price() { zh: "单价", en: "Unit price" }
    quantity_wrong() { zh: "数量要大于零，最多六位小数", en: "The quantity is more than zero, with up to six decimal places" }
    price_needed() { zh: "请写单价；赠送的写 0", en: "Write the unit price; 0 for what is given away" }
    product_kept() { zh: "产品已保存", en: "Product saved" }
    product_gone(name: &str) { zh: "已去掉「{name}」", en: "{name} taken off" }
    products_sum() { zh: "合计", en: "Total" }
    products_unlike() { zh: "产品的币种不同，不能合计", en: "The products have unlike currencies and no total" }
    products_differ(amount: &str) { zh: "与金额（{amount}）不同", en: "Differs from the amount ({amount})" }
    products_no_amount() { zh: "还没有填金额", en: "No amount yet" }
    take_sum(sum: &str) { zh: "把 {sum} 作为金额", en: "Take {sum} as the amount" }
    sum_taken(sum: &str) { zh: "金额已改为 {sum}", en: "The amount is {sum} now" }
}
