package samplebook

// A word is one part of a name, in English, Japanese and Chinese.
type word struct {
	id   string
	text [3]string
}

var subjects = []word{
	{"node", [3]string{"node", "ノード", "节点"}},
	{"cluster", [3]string{"cluster", "クラスター", "集群"}},
	{"gateway", [3]string{"gateway", "ゲートウェイ", "网关"}},
	{"replica", [3]string{"replica", "レプリカ", "副本"}},
	{"sidecar", [3]string{"sidecar", "サイドカー", "Sidecar"}},
	{"runtime", [3]string{"container runtime", "コンテナランタイム", "容器运行时"}},
	{"registry", [3]string{"registry", "レジストリ", "镜像仓库"}},
	{"scheduler", [3]string{"scheduler", "スケジューラー", "调度器"}},
	{"webhook", [3]string{"webhook", "Webhook", "Webhook"}},
	{"operator", [3]string{"operator", "オペレーター", "Operator"}},
	{"ingress", [3]string{"ingress", "Ingress", "Ingress"}},
	{"proxy", [3]string{"proxy", "プロキシ", "代理"}},
	{"backup", [3]string{"backup job", "バックアップジョブ", "备份任务"}},
	{"worker", [3]string{"worker", "ワーカー", "工作进程"}},
	{"device", [3]string{"device plugin", "デバイスプラグイン", "设备插件"}},
	{"pipeline", [3]string{"pipeline", "パイプライン", "流水线"}},
}

var objects = []word{
	{"volume", [3]string{"volume", "ボリューム", "数据卷"}},
	{"certificate", [3]string{"certificate", "証明書", "证书"}},
	{"token", [3]string{"token", "トークン", "令牌"}},
	{"quota", [3]string{"quota", "割り当て", "配额"}},
	{"route", [3]string{"route", "経路", "路由"}},
	{"secret", [3]string{"Secret", "Secret", "Secret"}},
	{"address", [3]string{"address", "アドレス", "地址"}},
	{"manifest", [3]string{"manifest", "マニフェスト", "清单"}},
	{"policy", [3]string{"policy", "ポリシー", "策略"}},
	{"lease", [3]string{"lease", "リース", "租约"}},
	{"snapshot", [3]string{"snapshot", "スナップショット", "快照"}},
	{"socket", [3]string{"socket", "ソケット", "套接字"}},
	{"cgroup", [3]string{"cgroup", "cgroup", "cgroup"}},
	{"binding", [3]string{"binding", "バインド", "绑定"}},
}

var failures = []word{
	{"expired", [3]string{"has expired", "の有効期限が切れている", "已过期"}},
	{"missing", [3]string{"is missing", "が見つからない", "不存在"}},
	{"refused", [3]string{"is refused", "が拒否される", "被拒绝"}},
	{"exhausted", [3]string{"is used up", "が使い切られている", "已耗尽"}},
	{"locked", [3]string{"is locked", "がロックされている", "被锁定"}},
	{"corrupt", [3]string{"is corrupt", "が壊れている", "已损坏"}},
	{"duplicated", [3]string{"exists twice", "が重複している", "重复"}},
	{"unreachable", [3]string{"cannot be reached", "に到達できない", "无法访问"}},
	{"outdated", [3]string{"is too old", "が古すぎる", "版本过旧"}},
	{"oversized", [3]string{"is too large", "が大きすぎる", "过大"}},
	{"misplaced", [3]string{"is in the wrong zone", "のゾーンが違う", "所在可用区不符"}},
	{"unsigned", [3]string{"is not signed", "に署名がない", "未签名"}},
	{"throttled", [3]string{"is throttled", "が制限されている", "被限流"}},
	{"orphaned", [3]string{"has no owner", "の所有者がいない", "没有所有者"}},
	{"detached", [3]string{"is detached", "が切り離されている", "已分离"}},
	{"forbidden", [3]string{"is not allowed", "が許可されていない", "不被允许"}},
}

var gist = [3]string{
	"the {1} of the {0} {2}",
	"{0}の{1}{2}",
	"{0}的{1}{2}",
}

// meanings are sentences on what is wrong.
var meanings = [][3]string{
	{"The instance cannot start as long as this lasts, and the kubelet tries again every few minutes.", "この状態が続く間、インスタンスは起動できません。kubeletは数分おきに再試行します。", "只要该情况持续，实例就无法启动，kubelet每隔几分钟重试一次。"},
	{"The usual causes, most likely first: somebody has changed the {1} by hand; a deployment brought an old version of it; or the {0} was moved to another zone.", "よくある原因は、可能性の高い順に、{1}が手作業で変更された、デプロイで古い版に戻った、{0}が別のゾーンに移された、です。", "常见原因按可能性从高到低依次为：有人手动修改了{1}；某次部署带回了旧版本；{0}被迁移到了其他可用区。"},
	{"Instances that already run are not affected until they are restarted.", "すでに動いているインスタンスは、再起動するまで影響を受けません。", "已在运行的实例在重启之前不受影响。"},
	{"The message behind `{reason}` names the object, and often the time of the last try.", "`{reason}`の後ろのメッセージには、対象のオブジェクトと、多くの場合は最後に試行した時刻が書かれています。", "`{reason}`之后的信息会指出具体对象，通常还包括最近一次尝试的时间。"},
	{"If it happens to all instances of a {0} at once, look at the {0} first and not at the application.", "{0}のすべてのインスタンスで同時に起きている場合は、アプリケーションではなく、まず{0}を調べてください。", "如果{0}上的所有实例同时出现该问题，应先检查{0}，而不是应用。"},
	{"After a restart of the control plane this can show up for a minute or two and then go away by itself.", "コントロールプレーンの再起動後に、1、2分だけ表示されて自然に消えることがあります。", "控制面重启之后，该状态可能会短暂出现一两分钟，随后自行消失。"},
	{"Nothing is lost: the data stays where it is, and the application picks it up when it starts.", "失われるものはありません。データは元の場所に残っており、アプリケーションは起動時に読み込みます。", "不会丢失任何内容：数据仍在原处，应用启动后会继续使用。"},
	{"It is often seen together with a **full disk**, because both come from the same clean-up that did not run.", "**ディスクの空き不足** と同時に起きることがよくあります。どちらも、実行されなかった同じ掃除処理が原因だからです。", "它常常与 **磁盘写满** 同时出现，因为两者都源于同一个未执行的清理任务。"},
	{"Before version 1.29 the text named the {0} only by its number.", "バージョン1.29より前のメッセージでは、{0}は番号だけで示されていました。", "在1.29之前的版本中，信息里只用编号来表示{0}。"},
	{"The limit is a setting of the cluster and has nothing to do with the limits of the container.", "この上限はクラスターの設定で、コンテナの上限とは関係ありません。", "该上限是集群的设置，与容器的资源限制无关。"},
}

// A step is a thing to do. Its command takes the id of the object and a number.
type step struct {
	text, console [3]string
	command       string
}

var steps = []step{
	{[3]string{"Read the events of the instance. The newest one stands at the end.", "インスタンスのイベントを確認します。最新のものが末尾にあります。", "查看实例的事件，最新的事件在最后。"},
		[3]string{"**Application details** > **Events**", "**アプリケーションの詳細** > **イベント**", "**应用详情** > **事件**"},
		"kubectl -n {namespace} get events --field-selector involvedObject.name={instance} | grep -i %s | tail -n %d"},
	{[3]string{"Compare the {1} with what the deployment asks for.", "{1}と、Deploymentが要求している内容を見比べます。", "将{1}与部署所要求的内容进行对比。"},
		[3]string{"**Application Deployment** > **Settings**", "**アプリケーションのデプロイ** > **設定**", "**部署应用** > **配置**"},
		"kubectl -n {namespace} get pod {instance} -o jsonpath='{.metadata.annotations.%s-%d}{\"\\n\"}{end}'"},
	{[3]string{"Look at the log of the container before it was restarted.", "再起動する前のコンテナのログを確認します。", "查看容器重启之前的日志。"},
		[3]string{"**Application details** > **Log**", "**アプリケーションの詳細** > **ログ**", "**应用详情** > **日志**"},
		"kubectl -n {namespace} logs {instance} -c {container} --previous | grep -i '%s' | tail -n %d"},
	{[3]string{"Check whether the {0} is under load.", "{0}の負荷が高くないかを確認します。", "确认{0}的负载是否过高。"},
		[3]string{"**Monitoring** > **Nodes**", "**モニタリング** > **ノード**", "**监控** > **节点**"},
		"kubectl top pod {instance} -n {namespace} --containers --sort-by=cpu # %s %d"},
	{[3]string{"Give the {0} a larger limit, and deploy.", "{0}の上限を引き上げて、デプロイします。", "提高{0}的上限，然后重新部署。"}, [3]string{},
		"resources:\n  limits:\n    example.com/%s: \"%d\"\n    memory: 512Mi # at least twice the request"},
	{[3]string{"Let the {1} be made again. It takes about a minute.", "{1}を作り直します。1分ほどかかります。", "重新创建{1}，大约需要一分钟。"},
		[3]string{"**More** > **Rebuild**", "**その他** > **再作成**", "**更多** > **重建**"},
		"kubectl -n {namespace} annotate pod {instance} --overwrite example.com/%s-revision=%d"},
	{[3]string{"Find out who changed it last.", "最後に変更した人を調べます。", "查明最后一次修改是谁做的。"},
		[3]string{"**Operation logs**", "**操作ログ**", "**操作日志**"},
		"kubectl -n {namespace} get pod {instance} -o yaml --show-managed-fields | grep -B %[2]d %[1]s"},
	{[3]string{"Allow the service account to use it.", "サービスアカウントに使用を許可します。", "允许服务账号使用它。"}, [3]string{},
		"rules:\n  - apiGroups: [\"example.com\"]\n    resources: [\"%s\"]\n    resourceNames: [\"sample-%d\"]\n    verbs: [\"get\", \"list\", \"watch\"]"},
	{[3]string{"Start the instance again. A controller makes a new one in its place.", "インスタンスを起動し直します。コントローラーが代わりのインスタンスを作ります。", "重新启动实例，控制器会创建一个新的实例来代替它。"},
		[3]string{"**Instance List** > **Restart**", "**インスタンス一覧** > **再起動**", "**实例列表** > **重启**"},
		"kubectl -n {namespace} delete pod {instance} --grace-period=%[2]d # %[1]s"},
	{[3]string{"It is fixed when the instance is Running and all its containers are ready.", "インスタンスがRunningになり、すべてのコンテナの準備が整えば解決です。", "当实例处于Running状态且所有容器均已就绪时，问题即已解决。"},
		[3]string{"**Application details** > **Instance List**", "**アプリケーションの詳細** > **インスタンス一覧**", "**应用详情** > **实例列表**"},
		"kubectl -n {namespace} wait pod {instance} --for=condition=Ready --timeout=%[2]ds # %[1]s"},
}

// notes are sentences that stand below the command of a step.
var notes = [][3]string{
	{"If nothing is printed, the name is wrong or the instance is gone; after a deployment it has a new name.", "何も出力されない場合は、名前が違うか、インスタンスがもうありません。デプロイすると名前は変わります。", "如果没有任何输出，说明名称有误或实例已不存在；部署之后实例名称会改变。"},
	{"A value of `0` means that there is no limit.", "値が`0`なら、上限はありません。", "值为`0`表示没有上限。"},
	{"Look for the word `denied`: then it is a question of rights, and the next step will not help.", "`denied`という語があれば権限の問題で、次の手順では解決しません。", "如果出现`denied`，则属于权限问题，下一步无法解决。"},
	{"The default is 30 seconds, which is often too short for a large {1}.", "既定値は30秒ですが、大きな{1}には短すぎることがよくあります。", "默认值为30秒，对于较大的{1}往往太短。"},
	{"Write down the time; the log of the {0} is kept for one hour only.", "時刻を控えておきます。{0}のログは1時間しか保存されません。", "请记录时间，{0}的日志只保留一小时。"},
	{"If the {1} belongs to another team, ask them before you go on: other applications may use it.", "{1}がほかのチームのものであれば、先に確認してください。別のアプリケーションが使っている可能性があります。", "如果{1}归其他团队所有，请先与其确认，其他应用可能也在使用。"},
	{"This is safe to repeat.", "繰り返し実行しても問題ありません。", "可以放心地重复执行。"},
	{"With more than one replica, do this for one of them first and wait until it is ready.", "レプリカが複数ある場合は、まず1つで行い、準備が整うまで待ちます。", "如有多个副本，请先对其中一个执行，等待其就绪。"},
	{"A `403` there means that the credentials are known but have no right to the {1}; a `401` that they are wrong.", "`403`は認証情報は正しいものの{1}への権限がないこと、`401`は認証情報が間違っていることを示します。", "返回`403`表示凭证有效但没有{1}的权限，返回`401`表示凭证有误。"},
	{"The pages of the vendor describe the same setting under the name `{reason}`.", "ベンダーの資料では、同じ設定が`{reason}`という名前で説明されています。", "厂商文档中以`{reason}`的名称介绍了同一项设置。"},
}
