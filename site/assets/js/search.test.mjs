import assert from "node:assert/strict";
import test from "node:test";
import { prepare, search } from "./search.js";

const index = prepare([
  ["crash-loop-back-off", "state", "CrashLoopBackOff：コンテナが終了を繰り返す", "コンテナの起動と終了が繰り返されています。", "CrashLoopBackOff\nback-off {delay} restarting failed container"],
  ["image-pull-back-off", "state", "ImagePullBackOff：イメージをプルできない", "ノードがイメージをプルできません。", 'ImagePullBackOff\nBack-off pulling image "{image}"\n镜像拉取失败'],
  ["image-not-found", "cause", "イメージが見つからない", "レジストリにイメージがありません。", "manifest unknown"],
  ["clb-readiness-check-failed", "state", "Readiness check failed：CLB监听器", "CLB から接続できません。", "Readiness check failed according to l4 listener: {listener}"],
  ["image-pull-rate-limited", "cause", "toomanyrequests", "プルが多すぎます。", "Too Many Requests"],
  ["oom-killed", "state", "OOMKilled", "メモリの上限を超えました。", "OOMKilled"],
], ["137 5", "deployment 0 1", "rollback 0"]);

for (const [query, want] of [
  ["crashloop", "crash-loop-back-off"],
  ["Crash Loop", "crash-loop-back-off"],
  ["CrashLopBackOf", "crash-loop-back-off"],
  ["imagep", "image-pull-back-off"],
  ["imgae pull backoff", "image-pull-back-off"],
  ["readyness check", "clb-readiness-check-failed"],
  ["oom", "oom-killed"],
  ["crash lop", "crash-loop-back-off"],
  ["imgepull", "image-pull-back-off"],
  ['Back-off pulling image "nginx"', "image-pull-back-off"],
  ["Back-off restarting failed container app in pod cart_shop(1f2e)", "crash-loop-back-off"],
  ["Readiness check failed according to l4 listener: lbl-9x of CLB lb-9x", "clb-readiness-check-failed"],
  ["イメージを取得できない", "image-pull-back-off"],
  ["ＯＯＭＫｉｌｌｅｄ", "oom-killed"],
  ["image-not-found", "image-not-found"],
  ["manifest", "image-not-found"],
  ["イメージがプルできない", "image-pull-back-off"],
  ["镜像拉取不了", "image-pull-back-off"],
  ["CLB 监听器", "clb-readiness-check-failed"],
  ["メモリ", "oom-killed"],
  ["メモリ不足", "oom-killed"],
  ["内存不足", "oom-killed"],
  ["out of memory", "oom-killed"],
  ["137", "oom-killed"],
  ["回滚", "crash-loop-back-off"],
]) {
  test(query, () => assert.equal(search(index, query)[0]?.id, want));
}

for (const query of ["", " ", "qwxz", "。", "量子力学入門", "the weather is fine", "12345"]) {
  test(`nothing for “${query}”`, () => assert.deepEqual(search(index, query), []));
}

test("a short word begins a word", () => assert.deepEqual(search(index, "oom").map((e) => e.id), ["oom-killed"]));

test("limit", () => assert.equal(search(index, "image", 1).length, 1));
