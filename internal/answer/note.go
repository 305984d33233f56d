package answer

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// missingNote says of a case without a match what was looked at, and what is
// missing for a proof that nothing is failing. It holds nothing of the input.
func missingNote(c *payload.Case, l book.Language) string {
	var looked, missing []string
	for _, part := range c.Looked {
		looked = append(looked, lookedLabels[part][l])
	}
	for _, m := range c.Missing {
		missing = append(missing, missingLabels[m][l])
	}
	form := noteForms[l]
	said := form.silent
	if len(c.Texts) > 0 {
		said = form.unmatched
	}
	list := looked[0]
	for i, part := range looked[1:] {
		if i == len(looked)-2 {
			list += form.and + part
		} else {
			list += form.comma + part
		}
	}
	said = strings.ReplaceAll(said, "{looked}", list)
	return strings.ReplaceAll(said, "{missing}", strings.Join(missing, form.between))
}

// TextNote says of a pasted text that no entry matches, or that is a status
// word, what the answer to it says. The text must not be empty.
func TextNote(text string, l book.Language) string {
	cases, _ := payload.Read([]byte(text), "text/plain")
	return missingNote(&cases[0], l)
}

// noteForms are the sentences of notes, in each language: of texts that no
// entry matches, and of input that gives no text to match.
var noteForms = [...]struct{ unmatched, silent, comma, and, between string }{
	book.English: {
		"No entry matches {looked}. That does not show that all is well: {missing}.",
		"No cause of a failure is named in {looked}. That does not show that all is well: {missing}.",
		", ", " and ", "; ",
	},
	book.Japanese: {
		"{looked}に一致する項目はありませんが、正常とは判断できません。{missing}。",
		"{looked}に障害の原因は記載されていませんが、正常とは判断できません。{missing}。",
		"、", "、", "。",
	},
	book.Chinese: {
		"没有与{looked}匹配的条目，但这并不能说明一切正常：{missing}。",
		"{looked}中没有给出故障原因，但这并不能说明一切正常：{missing}。",
		"、", "和", "；",
	},
}

// lookedLabels name what was looked at.
var lookedLabels = map[payload.Looked][3]string{
	payload.LookedText:     {book.English: "this text", book.Japanese: "この内容", book.Chinese: "此内容"},
	payload.LookedReason:   {book.English: "the status (reason)", book.Japanese: "ステータス（reason）", book.Chinese: "状态（reason）"},
	payload.LookedMessage:  {book.English: "the message", book.Japanese: "メッセージ（message）", book.Chinese: "消息（message）"},
	payload.LookedExitCode: {book.English: "the exit code", book.Japanese: "終了コード（exitCode）", book.Chinese: "退出码（exitCode）"},
	payload.LookedLog:      {book.English: "the log", book.Japanese: "ログ", book.Chinese: "日志"},
	payload.LookedPod:      {book.English: "the status of the Pod", book.Japanese: "Podのステータス", book.Chinese: "该 Pod 的状态"},
	payload.LookedObject:   {book.English: "the status of the object", book.Japanese: "オブジェクトのステータス", book.Chinese: "该对象的状态"},
	payload.LookedEvents:   {book.English: "the events", book.Japanese: "イベント", book.Chinese: "事件"},
	payload.LookedTEM:      {book.English: "TEM's record of the instance", book.Japanese: "TEMのインスタンス情報", book.Chinese: "该实例的 TEM 信息"},
	payload.LookedAlert:    {book.English: "the alert", book.Japanese: "アラート", book.Chinese: "告警"},
	payload.LookedTask:     {book.English: "the state of the ECS task", book.Japanese: "ECSタスクの状態", book.Chinese: "该 ECS 任务的状态"},
	payload.LookedEvent:    {book.English: "the event", book.Japanese: "イベントの内容", book.Chinese: "该事件的内容"},
	payload.LookedFields:   {book.English: "the messages in this object", book.Japanese: "このオブジェクト内のメッセージ", book.Chinese: "该对象中的消息"},
}

// missingLabels say what is missing, or what speaks against health.
var missingLabels = map[payload.Missing][3]string{
	payload.StateUnsaid: {
		book.English:  "it does not say whether the instance is running and ready",
		book.Japanese: "インスタンスが実行中で準備完了（Ready）かどうかが示されていません",
		book.Chinese:  "没有说明实例是否正在运行并已就绪"},
	payload.ReadinessUnsaid: {
		book.English:  "it says Running, but not whether every container is ready",
		book.Japanese: "Runningと示されていますが、すべてのコンテナが準備完了（Ready）かどうかはわかりません",
		book.Chinese:  "状态为 Running，但没有说明所有容器是否已就绪"},
	payload.NotReady: {
		book.English:  "not every container is ready",
		book.Japanese: "準備完了（Ready）になっていないコンテナがあります",
		book.Chinese:  "有容器尚未就绪"},
	payload.PhasePending: {
		book.English:  "the phase is Pending",
		book.Japanese: "フェーズがPendingです",
		book.Chinese:  "阶段为 Pending"},
	payload.PhaseFailed: {
		book.English:  "the phase is Failed",
		book.Japanese: "フェーズがFailedです",
		book.Chinese:  "阶段为 Failed"},
	payload.PhaseUnknown: {
		book.English:  "the phase is Unknown",
		book.Japanese: "フェーズがUnknownです",
		book.Chinese:  "阶段为 Unknown"},
	payload.EndedWell: {
		book.English:  "the container has ended without an error, which is normal for a Job only",
		book.Japanese: "コンテナはエラーなしで終了していますが、それが正常なのはJobの場合だけです",
		book.Chinese:  "容器已无错误地结束，而这只对 Job 是正常的"},
	payload.EndedBadly: {
		book.English:  "it says Succeeded, but a container did not end with exit code 0",
		book.Japanese: "Succeededと示されていますが、終了コード0で終了していないコンテナがあります",
		book.Chinese:  "状态为 Succeeded，但有容器不是以退出码 0 结束的"},
	payload.Deleting: {
		book.English:  "it is being deleted",
		book.Japanese: "削除が進行中です",
		book.Chinese:  "正在被删除"},
	payload.ContainerNotRunning: {
		book.English:  "a container is not running",
		book.Japanese: "実行中でないコンテナがあります",
		book.Chinese:  "有容器未在运行"},
	payload.ContainerUnsaid: {
		book.English:  "a container has no status yet",
		book.Japanese: "ステータスのないコンテナがあります",
		book.Chinese:  "有容器还没有状态"},
	payload.InitUnfinished: {
		book.English:  "an init container has not done its work",
		book.Japanese: "処理が完了していないInitコンテナがあります",
		book.Chinese:  "有 Init 容器尚未完成"},
	payload.ConditionFailing: {
		book.English:  "a condition (status.conditions) reports a problem",
		book.Japanese: "status.conditionsに問題を示すものがあります",
		book.Chinese:  "status.conditions 中有一项表明存在问题"},
	payload.Unhealthy: {
		book.English:  "TEM reports it as unhealthy",
		book.Japanese: "TEMが異常（Unhealthy）と報告しています",
		book.Chinese:  "TEM 报告其不健康（Unhealthy）"},
	payload.Unexplained: {
		book.English:  "what is said there is not explained by any entry",
		book.Japanese: "記載されている内容を説明する項目がありません",
		book.Chinese:  "没有条目能解释其中的内容"},
	payload.OnlyEvents: {
		book.English:  "events tell of the past, not of the present state",
		book.Japanese: "イベントは過去の記録であり、現在の状態はわかりません",
		book.Chinese:  "事件是过去的记录，不反映当前状态"},
	payload.Warned: {
		book.English:  "its events report a problem since it became ready, or since a container was restarted",
		book.Japanese: "準備完了（Ready）になった後、またはコンテナの再起動に関して、イベントに警告があります",
		book.Chinese:  "就绪之后或容器重启期间，事件中有警告"},
	payload.JobUnfinished: {
		book.English:  "the Job is not complete",
		book.Japanese: "Jobが完了していません",
		book.Chinese:  "Job 尚未完成"},
	payload.NodeNotReady: {
		book.English:  "the Node's condition Ready is not True",
		book.Japanese: "NodeのconditionのReadyがTrueではありません",
		book.Chinese:  "Node 的 Ready 状况不是 True"},
	payload.Cordoned: {
		book.English:  "the Node takes no new Pods (it is cordoned)",
		book.Japanese: "Nodeへの新しいPodのスケジュールが停止されています（cordon）",
		book.Chinese:  "Node 已停止接收新的 Pod（cordon）"},
	payload.ClaimNotBound: {
		book.English:  "the PersistentVolumeClaim is not Bound",
		book.Japanese: "PersistentVolumeClaimがBoundではありません",
		book.Chinese:  "PersistentVolumeClaim 不是 Bound"},
	payload.ReplicasUnsaid: {
		book.English:  "it does not say how many replicas are wanted",
		book.Japanese: "必要なレプリカ数が示されていません",
		book.Chinese:  "没有说明期望的副本数"},
	payload.ReplicasMissing: {
		book.English:  "not all the replicas that are wanted are ready and up to date",
		book.Japanese: "必要なレプリカのうち、準備完了（Ready）でないもの、または最新でないものがあります",
		book.Chinese:  "期望的副本并未全部就绪或更新"},
	payload.StatusOutdated: {
		book.English:  "the status is older than the last change of the spec",
		book.Japanese: "ステータスがspecの最新の変更に追いついていません",
		book.Chinese:  "状态尚未反映 spec 的最新修改"},
	payload.NotResolved: {
		book.English:  "the alert has not been resolved",
		book.Japanese: "アラートはまだ解決していません",
		book.Chinese:  "告警尚未恢复"},
	payload.NoData: {
		book.English:  "the alert rule had no data to evaluate",
		book.Japanese: "アラートルールを評価するデータがありませんでした",
		book.Chinese:  "告警规则没有可用于判断的数据"},
	payload.NotHealthy: {
		book.English:  "it is not reported as healthy, and no reason is given",
		book.Japanese: "正常（Healthy）と報告されておらず、理由も示されていません",
		book.Chinese:  "其状态不是正常（Healthy），也没有给出原因"},
	payload.KindUnjudged: {
		book.English:  "the health of this kind of object is not judged",
		book.Japanese: "この種類のオブジェクトは正常かどうかの判定に対応していません",
		book.Chinese:  "不支持判断此类对象是否正常"},
}
