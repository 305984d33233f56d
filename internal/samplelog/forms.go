package samplelog

// The forms of lines; see [lines].
var ordinary = []string{
	`%T INFO [http-nio-8080-exec-%i] c.e.shop.%w.CartController : GET /api/v1/carts/%n returned 200 in %i ms`,
	`%a - - [%D +0800] "GET /%p/%n HTTP/1.1" 200 %n "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"`,
	`%a - - [%D +0000] "POST /api/orders?ref=%h HTTP/2.0" 201 %n "https://shop.example.com/checkout" "okhttp/4.12.0" rt=0.0%i`,
	`time="%T" level=info msg="reconciled %w" namespace=%s name=%s-%h generation=%i duration=%ims`,
	`I1126 10:%i:07.%n       1 controller.go:2%i] "Syncing %w" key="%s/%s-%h" elapsed="%i.%ims"`,
	`{"level":"info","ts":"%T","caller":"server/handler.go:%i","msg":"request served","method":"GET","path":"/%p","status":200,"latency_ms":%i,"trace_id":"%h%h"}`,
	`{"time":"%T","level":"DEBUG","msg":"cache lookup","key":"user:%n:%w","result":"hit","shard":%i,"size":%n}`,
	`%D [info] 31#31: *%n client %a keepalive, request: "GET /%p HTTP/1.1", upstream: "http://%a:8080/%p"`,
	`%T [main] DEBUG org.hibernate.SQL - select o.id, o.total, o.customer_id from orders o where o.customer_id=%n order by o.created_at desc limit %i`,
	`%D LOG:  checkpoint complete: wrote %n buffers (%i.%i%%); 0 WAL file(s) added, 0 removed, %i recycled; write=%i.%n s, sync=0.0%i s, total=%i.%n s`,
	`1:M 26 Nov 2026 10:%i:41.%n * %i changes in 300 seconds. Saving...`,
	`[%D] %s.INFO: Job processed {"job":"Send%wMail","queue":"default","attempt":1,"memory":"%i MB","id":"%u"} []`,
	`%T  INFO %i --- [ntainer#0-0-C-1] o.a.k.c.c.internals.ConsumerCoordinator  : [Consumer clientId=%s-%i, groupId=%s] Committed offset %n for partition %w-%i`,
	`ts=%T caller=compact.go:%i level=info component=tsdb msg="write block" mint=%n000 maxt=%n000 ulid=%h duration=%i.%ns`,
	`<30>1 %T node-%i kubelet %n - - Pod %s/%s-%h status synced, %i containers running, volume usage %i%% of limit`,
	`%T INFO  s.storage.BlockManager: Added broadcast_%i_piece0 in memory on %a:%n (size: %i.%i KiB, free: %n.%i MiB)`,
	`DEBUG:%s.worker:%T task %u succeeded in %i.%ns: {'rows': %n, 'table': '%w', 'batch': %i}`,
	`[%T] [INFO] [%s] session %h opened for user%n from %a port %n, protocol v2, %i active sessions`,
	`%D %s[%n]: GET https://%s.internal.example.com/%p/%u -> 304 (%i bytes, %i ms, attempt 1)`,
	`%T metrics %s: qps=%n p50=%ims p99=%ims gc=%i heap=%nMB threads=%i queue=0 rejected=0 up=1`,
}

var chinese = []string{
	`%T INFO [http-nio-8080-exec-%i] 用户%n登录成功，来源地址：%a，耗时%i毫秒`,
	`%T INFO 订单服务 - 订单%n已创建，商品数量：%i，金额：%i.%i元，等待支付`,
	`%D [信息] 定时任务“同步%w”执行完成，共处理%n条记录，跳过%i条，用时%i秒`,
	`{"level":"info","ts":"%T","msg":"缓存刷新完成","key":"商品:%n","命中率":"%i%%"}`,
	`%T DEBUG 库存模块 - 查询仓库%i的库存，返回%n件（版本：%h）`,
	`[%D] 支付回调处理完毕：订单号 %n，渠道 微信支付，状态 已支付，签名校验通过`,
	`%T INFO 消息队列消费者已启动，主题：%w，分区：%i，当前位点：%n`,
	`%T INFO 配置中心推送新配置，版本号%n，服务 %s 已热更新，无需重启`,
}

var japanese = []string{
	`%T INFO [http-nio-8080-exec-%i] ユーザー%nがログインしました。接続元：%a、処理時間：%iミリ秒`,
	`%T INFO 注文サービス - 注文%nを作成しました。商品数：%i、合計：%i円、支払い待ちです`,
	`%D [情報] バッチ「%w同期」が完了しました。処理件数：%n件、所要時間：%i秒`,
	`{"level":"info","ts":"%T","msg":"キャッシュを更新しました","key":"商品:%n","ヒット率":"%i%%"}`,
	`%T DEBUG 在庫モジュール - 倉庫%iの在庫を照会し、%n件を返しました（版：%h）`,
	`%T INFO メッセージの受信を開始しました。トピック：%w、パーティション：%i、オフセット：%n`,
}

var quoted = []string{
	`{"time":"%T","stream":"stdout","log":"{\"level\":\"info\",\"msg\":\"request served\",\"path\":\"/%p\",\"status\":200,\"latency\":\"%ims\"}\n"}`,
	`{"ts":"%T","msg":"upstream said \"200 OK\"","body":"{\n\t\"id\": \"%u\",\n\t\"rows\": %n,\n\t\"next\": \"\\/api\\/v1\\/%p\"\n}"}`,
	`{"message":"select \"id\", \"total\" from \"orders\" where \"customer\" = '%n'\n  limit %i","logger":"db.%s","level":"DEBUG"}`,
	`{"log":"%T \"GET /%p HTTP/1.1\" 200 %n \"-\" \"curl/8.5.0\"\n","stream":"stderr","time":"%T"}`,
}

var coloured = []string{
	"\x1b[90m%T\x1b[0m \x1b[32mINF\x1b[0m request served \x1b[36mpath=\x1b[0m/%p \x1b[36mstatus=\x1b[0m200 \x1b[36mms=\x1b[0m%i",
	"%T \x1b[32m INFO\x1b[0;39m \x1b[35m%i\x1b[0;39m --- [main] \x1b[36mc.e.shop.%w.Application\x1b[0;39m : saved %n rows",
	"\x1b[34m[%s]\x1b[0m \x1b[1mGET\x1b[0m /%p/%n \x1b[32m200\x1b[0m %i.%n ms - %n",
}

var services = []string{
	"cart", "checkout", "payments", "catalog", "search", "frontend", "orders", "inventory", "shipping",
	"billing", "accounts", "gateway", "recommendation", "reviews", "mailer", "scheduler", "ingest", "reports",
}

var words = []string{
	"deployment", "session", "product", "customer", "invoice", "order", "snapshot", "index", "endpoint", "replica",
	"lease", "account", "basket", "segment", "topic", "profile", "report", "event", "label", "token",
}

var paths = []string{
	"assets/app.css", "healthz", "metrics", "api/v2/products", "static/img/logo.png", "users/me", "login", "search",
	"api/v1/cart/items", "favicon.ico", "docs/index.html", "graphql", "readyz", "api/v1/orders/recent",
}
