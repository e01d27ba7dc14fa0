//! They say what the library's maps and sets say, whatever is done to them.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// A run of numbers that repeats itself after long only.
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |last| Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
        .map(|number| number >> 33)
}

#[test]
fn a_map_says_what_a_tree_says() {
    let (mut map, mut tree) = (SortedMap::new(), BTreeMap::new());
    for number in numbers(7).take(3000) {
        let (key, what) = (number % 97, number / 97 % 5);
        match what {
            0 => assert_eq!(map.remove(&key), tree.remove(&key)),
            1 => *map.entry(key).or_default() += *tree.entry(key).and_modify(|sum| *sum += 1).or_insert(1) & 1,
            _ => assert_eq!(map.insert(key, number), tree.insert(key, number)),
        }
        tree.insert(key, *map.entry(key).or_insert(number));
        assert_eq!(map.get(&key), tree.get(&key));
        assert_eq!(map.contains_key(&(key + 1)), tree.contains_key(&(key + 1)));
    }
    map.retain(|key, _| key % 3 != 0);
    tree.retain(|key, _| key % 3 != 0);
    assert!(map.iter().eq(&tree) && map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
    assert_eq!(format!("{map:?}"), format!("{tree:?}"));
}

#[test]
fn a_set_says_what_a_tree_says() {
    let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
    for number in numbers(11).take(3000).map(|number| number % 97) {
        match number % 4 {
            0 => assert_eq!(set.remove(&(number / 2)), tree.remove(&(number / 2))),
            _ => assert_eq!(set.insert(number), tree.insert(number)),
        }
        assert_eq!(set.contains(&(number + 1)), tree.contains(&(number + 1)));
    }
    let (other, others): (SortedSet<u64>, BTreeSet<u64>) = ((0..50).collect(), (0..50).collect());
    assert!(set.difference(&other).eq(tree.difference(&others)) && !set.is_disjoint(&other));
    assert_eq!(format!("{set:?}"), format!("{tree:?}"));
}

#[test]
fn both_are_written_and_read_as_trees_are() {
    let tree: BTreeMap<String, BTreeSet<u8>> = [("b".to_owned(), [3, 1].into()), ("a".to_owned(), [2].into())].into();
    let map: SortedMap<String, SortedSet<u8>> = [("b".to_owned(), [3, 1].into()), ("a".to_owned(), [2].into())].into();
    let (text, bytes) = (serde_json::to_string(&tree).unwrap(), postcard::to_stdvec(&tree).unwrap());
    assert_eq!(serde_json::to_string(&map).unwrap(), text);
    assert_eq!(postcard::to_stdvec(&map).unwrap(), bytes);
    assert_eq!(serde_json::from_str::<SortedMap<String, SortedSet<u8>>>(&text).unwrap(), map);
    assert_eq!(postcard::from_bytes::<SortedMap<String, SortedSet<u8>>>(&bytes).unwrap(), map);
    let unordered = serde_json::from_str::<SortedMap<u8, u8>>(r#"{"2":1,"1":1,"2":3}"#).unwrap();
    assert_eq!(unordered, [(1, 1), (2, 3)].into());
}
