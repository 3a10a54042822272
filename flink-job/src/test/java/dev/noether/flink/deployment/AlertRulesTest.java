package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Each alert fires on series that have its cause, and is quiet on others. Judged by Prometheus' own {@code promtool}. */
class AlertRulesTest {
    private static final String JOB = "noether_scoring_fleet";
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final String NOETHER = OPERATOR + "noether_";
    private static final String JOB_MANAGER = "flink_jobmanager_job_";
    private static final String COORDINATOR = "flink_jobmanager_job_operator_coordinator_noether_";
    private static final String RETRAINER = "noether_retrainer_";
    private static final String NOTIFIER = "noether_notify_";
    private static final String METRICS_READ = "flink_taskmanager_job_task_operator_deserializer_noether_metricsRead";
    private static final String OTHER = "noether_scoring_other";
    private static final String ONE_STOPS = "one of two jobs stops";

    /** Series that begin above 0, because what they count happened before the first scrape. */
    private static final String YOUNG = "_x10 1x10";

    /** Such series, long after their beginning. */
    private static final String OLD = "_x10 1x80";

    private static final String UP_AND_DOWN =
            "15000 20000 25000 20000 ".repeat(8).strip();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** Series, one sample each minute in promtool's notation, and whether an alert fires at a minute. */
    private record Scenario(String alert, String name, boolean fires, int minute, Map<String, String> series) {}

    private static final List<Scenario> SCENARIOS = List.of(
            fires("ScoresNothing", "the counter stands still", 15, "scored", "5000x20"),
            quiet("ScoresNothing", "scores come", 15, "scored", "0+60x20"),
            fires("IsGone", "there is no such metric", 10, "late", "0x20"),
            quiet("IsGone", "a task manager reports", 10, "scored", "0+60x20"),
            fires("SourceStalled", "the source is stalled", 5, "stalled", "1x10"),
            quiet("SourceStalled", "the source is not stalled", 5, "stalled", "0x10"),
            fires(
                    "ModelIsOld",
                    "five intervals",
                    10,
                    RETRAINER + "modelAgeSeconds",
                    "18000x20",
                    RETRAINER + "intervalSeconds",
                    "3600x20"),
            quiet(
                    "ModelIsOld",
                    "one of two retrainers has read the topic",
                    10,
                    RETRAINER + "modelAgeSeconds",
                    "7200x20",
                    RETRAINER + "modelAgeSeconds{instance=\"other\"}",
                    "18000x20",
                    RETRAINER + "intervalSeconds",
                    "3600x20"),
            fires("SourceWaits", "for five minutes", 8, OPERATOR + "deserializer_noether_sourceWaiting", "0x2 1x10"),
            quiet("SourceWaits", "for a minute", 8, OPERATOR + "deserializer_noether_sourceWaiting", "0x6 1 0x10"),
            fires("NobodyIsTold", "for six minutes", 10, NOTIFIER + "failingSeconds{receiver=\"slack\"}", "0 60+60x20"),
            quiet(
                    "NobodyIsTold",
                    "it answers again",
                    10,
                    NOTIFIER + "failingSeconds{receiver=\"slack\"}",
                    "0 60 120 180 0x20"),
            fires("IncidentsUndelivered", "one", 20, NOTIFIER + "undelivered{receiver=\"slack\"}", "0x10 1x20"),
            fires(
                    "IncidentsUndelivered",
                    "before the first scrape",
                    5,
                    NOTIFIER + "undelivered{receiver=\"slack\"}",
                    "1x20"),
            quiet("IncidentsUndelivered", "long ago", 85, NOTIFIER + "undelivered{receiver=\"slack\"}", "0x5 1x90"),
            quiet("IncidentsUndelivered", "none", 20, NOTIFIER + "undelivered{receiver=\"slack\"}", "0x20"),
            fires("NoRetrainerLeads", "for minutes", 10, RETRAINER + "leads", "0x20"),
            quiet(
                    "NoRetrainerLeads",
                    "one of two leads",
                    10,
                    RETRAINER + "leads",
                    "0x20",
                    RETRAINER + "leads{instance=\"other\"}",
                    "1x20"),
            fires("HasNoModel", "half an hour without a model", 35, "modelVersion", "-1x40"),
            fires(
                    "RowsBeforeModel",
                    "the clock of an entity is behind",
                    50,
                    "reason_unscored{reason=\"COLD_START\"}",
                    "0+60x60",
                    "modelVersion",
                    "1x60"),
            quiet(
                    "RowsBeforeModel",
                    "there is no model yet",
                    50,
                    "reason_unscored{reason=\"COLD_START\"}",
                    "0+60x60",
                    "modelVersion",
                    "-1x60"),
            quiet(
                    "RowsBeforeModel",
                    "the first model came twenty minutes ago, and all are scored since",
                    50,
                    "reason_unscored{reason=\"COLD_START\"}",
                    "0+60x20 1200x40",
                    "modelVersion",
                    "-1x20 1x40"),
            quiet("HasNoModel", "a model comes after twenty minutes", 35, "modelVersion", "-1x20 1x20"),
            quiet(
                    "IsGone",
                    "one of two reports, and the other has stopped long ago",
                    80,
                    "scored",
                    "0+60x90",
                    "scored{job_name=\"" + OTHER + "\"}",
                    "0+60x5"),
            fires("IsGone", ONE_STOPS, 30, "scored", "0+60x90", "scored{job_name=\"" + OTHER + "\"}", "0+60x5"),
            fires("FeedbackLate", "one judgement is late", 15, "feedbackLate", "0x10 1x10"),
            fires("FeedbackLate", "one was late before the first scrape", 15, "feedbackLate", YOUNG),
            quiet("FeedbackLate", "none is late", 80, "feedbackLate", "3x90"),
            fires("ModelWithdrawn", "one is withdrawn", 15, "modelsWithdrawn", "0x10 1x10"),
            quiet("ModelWithdrawn", "none is withdrawn", 80, "modelsWithdrawn", "3x90"),
            fires("ModelConflict", "there are two of one version", 15, "modelConflicts", "0x10 1x10"),
            quiet("ModelConflict", "there is one of each version", 80, "modelConflicts", "3x90"),
            fires("RefusesModels", "one is refused", 15, "modelsRefused", "0x10 1x10"),
            fires("RefusesModels", "one is refused before the first scrape", 15, "modelsRefused", YOUNG),
            quiet("RefusesModels", "none is refused", 80, "modelsRefused", "3x90"),
            quiet("RefusesModels", "one was refused before the first scrape, long ago", 80, "modelsRefused", OLD),
            fires("ModelPending", "one waits for ten minutes", 12, "modelPendingSeconds", "0x2 0+60x20"),
            quiet("ModelPending", "one waits for a minute", 12, "modelPendingSeconds", "0x9 0 60 0x9"),
            fires(
                    "ModelsDiffer",
                    "one subtask stays behind",
                    10,
                    "modelVersion{subtask_index=\"0\"}",
                    "7x20",
                    "modelVersion{subtask_index=\"1\"}",
                    "6x20"),
            quiet(
                    "ModelsDiffer",
                    "one subtask is a minute behind",
                    10,
                    "modelVersion{subtask_index=\"0\"}",
                    "6x8 7x20",
                    "modelVersion{subtask_index=\"1\"}",
                    "6x9 7x20"),
            fires(
                    "AlarmsAbovePromise",
                    "one alarm in ten",
                    400,
                    "anomalous",
                    "0+6x500",
                    "scored",
                    "0+60x500",
                    "alarmRatePromised",
                    "0.001x500"),
            quiet(
                    "AlarmsAbovePromise",
                    "as promised",
                    400,
                    "anomalous",
                    "0+6x500",
                    "scored",
                    "0+6000x500",
                    "alarmRatePromised",
                    "0.001x500"),
            fires(
                    "ManyEntitiesOverBudget",
                    "five of a hundred",
                    70,
                    "entitiesOverTenTimesBudget",
                    "5x80",
                    "entities{operator_name=\"incidents\"}",
                    "100x80"),
            quiet(
                    "ManyEntitiesOverBudget",
                    "one of two hundred",
                    70,
                    "entitiesOverTenTimesBudget",
                    "1x80",
                    "entities{operator_name=\"incidents\"}",
                    "200x80"),
            fires("RejectsRecords", "one", 12, "reason_rejected{reason=\"MALFORMED\"}", "0x10 1x10"),
            fires("RejectsRecords", "one before the first scrape", 12, "reason_rejected{reason=\"MALFORMED\"}", YOUNG),
            quiet("RejectsRecords", "long ago", 30, "reason_rejected{reason=\"MALFORMED\"}", "0x3 1x30"),
            fires("ForgetsEntities", "some", 12, "entitiesEvicted{operator_name=\"score\"}", "0x10 32x10"),
            fires("ForgetsEntities", "before the first scrape", 12, "entitiesEvicted{operator_name=\"score\"}", YOUNG),
            quiet("ForgetsEntities", "none", 12, "entitiesEvicted{operator_name=\"score\"}", "0x20"),
            fires("ClocksWrong", "the scorer sets one back", 12, "clockResets{operator_name=\"score\"}", "0x10 1x10"),
            fires("ClocksWrong", "the incidents set one back", 12, "clockResets{operator_name=\"incidents\"}", YOUNG),
            quiet(
                    "ClocksWrong",
                    "long ago",
                    80,
                    "clockResets{operator_name=\"score\"}",
                    "0x3 1x90",
                    "clockResets{operator_name=\"incidents\"}",
                    OLD),
            fires("LosesObservations", "some while it runs", 12, "observationsLost", "0x10 500x10"),
            fires("LosesObservations", "some when it starts", 12, "observationsLost", YOUNG),
            quiet("LosesObservations", "long ago", 80, "observationsLost", OLD),
            fires("CommitsFail", "one while it runs", 12, "failedCommittables", "0x10 1x10"),
            fires("CommitsFail", "one when it starts", 12, "failedCommittables", YOUNG),
            quiet("CommitsFail", "long ago", 80, "failedCommittables", OLD),
            fires("NotOwner", "for minutes", 5, COORDINATOR + "isOwner", "1x1 0x10"),
            quiet("NotOwner", "for a moment", 5, COORDINATOR + "isOwner", "1x4 0 1x10"),
            fires("TopicProblems", "one", 5, COORDINATOR + "topicProblems", "0x1 1x10"),
            quiet("TopicProblems", "none", 5, COORDINATOR + "topicProblems", "0x10"),
            fires("TopicCreatedAgain", "while it runs", 12, COORDINATOR + "topicsCreatedAgain", "0x10 1x10"),
            fires("TopicCreatedAgain", "found at the start", 12, COORDINATOR + "topicsCreatedAgain", YOUNG),
            quiet("TopicCreatedAgain", "long ago", 80, COORDINATOR + "topicsCreatedAgain", OLD),
            fires("LateObservations", "one in ten", 25, "late", "0+60x30", "scored", "0+600x30"),
            quiet("LateObservations", "one in a thousand", 25, "late", "0+60x30", "scored", "0+60000x30"),
            fires("FeatureMissing", "one", 5, "featuresMissing", "1x10"),
            quiet("FeatureMissing", "none", 5, "featuresMissing", "0x10"),
            fires("FallsBehind", "the lag grows", 25, OPERATOR + "pendingRecords", "20000+1000x30"),
            fires("FallsBehind", "the source reads nothing", 25, OPERATOR + "pendingRecords", "20000x30"),
            quiet("FallsBehind", "the lag goes up and down", 25, OPERATOR + "pendingRecords", UP_AND_DOWN),
            quiet("FallsBehind", "the lag shrinks", 25, OPERATOR + "pendingRecords", "90000-1000x30"),
            fires("GpuNotUsed", "the card failed", 10, "engineFallback", "0x5 1x10"),
            quiet("GpuNotUsed", "the card works, or none was asked for", 10, "engineFallback", "0x20"),
            fires(
                    "ImportWritesNothing",
                    "for a quarter of an hour",
                    20,
                    "secondsSinceRow",
                    "0+60x30",
                    "intervalSeconds",
                    "60x30"),
            quiet(
                    "ImportWritesNothing",
                    "rows are one an hour",
                    70,
                    "secondsSinceRow",
                    "0+60x80",
                    "intervalSeconds",
                    "3600x80"),
            quiet(
                    "ImportWritesNothing",
                    "one of two subtasks has no entities",
                    40,
                    "secondsSinceRow{subtask_index=\"0\"}",
                    "0+60x50",
                    "secondsSinceRow{subtask_index=\"1\"}",
                    "30x50",
                    "intervalSeconds",
                    "60x50"),
            fires("ImportIsGone", "it ran until lately", 30, "secondsSinceRow", "30x10"),
            quiet("ImportIsGone", "it runs", 30, "secondsSinceRow", "30x40"),
            quiet("ImportIsGone", "there is none", 30, "scored", "0+60x40"),
            fires("ImportDropsLateValues", "one in ten", 25, "metricsLate", "0+60x30", METRICS_READ, "0+600x30"),
            quiet(
                    "ImportDropsLateValues",
                    "one in a thousand",
                    25,
                    "metricsLate",
                    "0+60x30",
                    METRICS_READ,
                    "0+60000x30"),
            fires("ImportLimited", "an interval is full", 12, "metricsDropped", "0x10 5x10"),
            fires("ImportLimited", "a partition is far behind", 12, "intervalsEvicted", "0x10 5x10"),
            quiet("ImportLimited", "none", 12, "metricsDropped", "0x20", "seriesEvicted", "0x20"),
            fires("Restarts", "each minute", 15, JOB_MANAGER + "numRestarts", "0+1x20"),
            fires("Restarts", "every ten minutes", 70, JOB_MANAGER + "numRestarts", everyTenMinutes(80)),
            quiet("Restarts", "once, half an hour ago", 60, JOB_MANAGER + "numRestarts", "0x30 1x40"),
            quiet("Restarts", "twice, minutes ago", 15, JOB_MANAGER + "numRestarts", "0x8 1x3 2x10"),
            fires("CheckpointsFail", "each minute", 15, JOB_MANAGER + "numberOfFailedCheckpoints", "0+1x20"),
            quiet("CheckpointsFail", "once", 15, JOB_MANAGER + "numberOfFailedCheckpoints", "0x5 1x20"),
            fires(
                    "CheckpointsStopped",
                    "each takes its whole timeout",
                    40,
                    JOB_MANAGER + "numberOfCompletedCheckpoints",
                    "7x50"),
            quiet(
                    "CheckpointsStopped",
                    "one every five minutes",
                    40,
                    JOB_MANAGER + "numberOfCompletedCheckpoints",
                    "0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x4 8x4 9x4 10x4"));

    @Test
    void eachAlertFiresOnItsCauseAndNotWithoutIt() throws IOException {
        assumeTrue(Prometheus.promtool().isPresent(), Prometheus.MISSING);
        Path rules = ProjectFiles.file("deploy/prometheus/noether-alerts.yml");
        Map<String, Object> tests = new LinkedHashMap<>();
        tests.put("rule_files", List.of(rules.toString()));
        tests.put("evaluation_interval", "1m");
        tests.put("tests", SCENARIOS.stream().map(AlertRulesTest::test).toList());
        Path file = folder.resolve("tests.yml");
        Files.writeString(file, new Dump(DumpSettings.builder().build()).dumpToString(tests));
        assertThat(run("check", "rules", rules.toString())).contains("SUCCESS");
        assertThat(run("test", "rules", file.toString())).contains("SUCCESS");
    }

    @Test
    void eachAlertHasAScenarioOfBothKinds() {
        Set<String> alerts = new TreeSet<>();
        MonitoringFiles.alerts().forEach(alert -> alerts.add(String.valueOf(alert.get("alert"))));
        assertThat(names(true)).isEqualTo(alerts);
        assertThat(names(false)).isEqualTo(alerts);
    }

    private static Set<String> names(boolean fires) {
        Set<String> names = new TreeSet<>();
        SCENARIOS.stream().filter(scenario -> scenario.fires == fires).forEach(scenario -> names.add(scenario.alert));
        return names;
    }

    private static Scenario fires(String alert, String name, int minute, String... series) {
        return new Scenario("Noether" + alert, name, true, minute, series(series));
    }

    private static Scenario quiet(String alert, String name, int minute, String... series) {
        return new Scenario("Noether" + alert, name, false, minute, series(series));
    }

    private static Map<String, String> series(String... namesAndValues) {
        Map<String, String> series = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String labels = "job_name=\"" + JOB + "\"";
            int brace = name.indexOf('{');
            if (brace >= 0) {
                String more = name.substring(brace + 1, name.length() - 1);
                labels = more.startsWith("job_name") ? more : labels + "," + more;
                name = name.substring(0, brace);
            }
            series.put(
                    (Stream.of("flink_", RETRAINER, NOTIFIER).anyMatch(name::startsWith) ? name : NOETHER + name) + "{"
                            + labels + "}",
                    namesAndValues[i + 1]);
        }
        return series;
    }

    private static String everyTenMinutes(int minutes) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < minutes; i++) {
            values.append(i / 10).append(' ');
        }
        return values.toString();
    }

    private static Map<String, Object> test(Scenario scenario) {
        List<Object> series = new ArrayList<>();
        scenario.series.forEach((name, values) -> series.add(Map.of("series", name, "values", values)));
        Map<String, Object> expectation = new LinkedHashMap<>();
        expectation.put("eval_time", scenario.minute + "m");
        expectation.put("alertname", scenario.alert);
        expectation.put("exp_alerts", scenario.fires ? List.of(firing(scenario)) : List.of());
        return Map.of(
                "name",
                scenario.alert + ": " + scenario.name,
                "interval",
                "1m",
                "input_series",
                series,
                "alert_rule_test",
                List.of(expectation));
    }

    private static Map<String, Object> firing(Scenario scenario) {
        Map<String, Object> rule = MonitoringFiles.alerts().stream()
                .filter(candidate -> scenario.alert.equals(candidate.get("alert")))
                .findFirst()
                .orElseThrow();
        Map<String, Object> labels = new LinkedHashMap<>(ComposeFile.mapping(rule.get("labels")));
        if (scenario.name.equals(ONE_STOPS)) {
            labels.put("job_name", OTHER);
        } else if (!scenario.alert.equals("NoetherIsGone")) {
            labels.put("job_name", JOB);
        }
        if (scenario.alert.equals("NoetherRejectsRecords")) {
            labels.put("reason", "MALFORMED");
        }
        if (Set.of("NoetherNobodyIsTold", "NoetherIncidentsUndelivered").contains(scenario.alert)) {
            labels.put("receiver", "slack");
        }
        return Map.of("exp_labels", labels, "exp_annotations", rule.get("annotations"));
    }

    private String run(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Prometheus.promtool().orElseThrow().toString());
        command.addAll(List.of(words));
        ChildProcess promtool =
                ChildProcess.start("promtool", command, Map.of(), folder, folder.resolve("promtool.log"));
        assertThat(promtool.awaitExit(PATIENCE)).as(promtool.output()).isZero();
        return promtool.output();
    }
}
