package dev.noether.flink.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.renewal.RetrainerListener;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowAlarms;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowFigures;
import dev.noether.schemas.ShadowOutcome;
import dev.noether.schemas.ShadowRange;
import dev.noether.schemas.ShadowRows;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainerMetricsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final DetectorConfig FLEET = DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")));

    private final RetrainerMetrics metrics = new RetrainerMetrics(
            List.of(FLEET), config -> Duration.ofHours(1), RetrainerListener.NONE, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void theyFollowTheRetrainer() {
        assertThat(metrics.text())
                .contains(
                        line("leads", "", 0),
                        line("trains", "", 0),
                        line("intervalSeconds", "", 3600),
                        line("modelAgeSeconds", "", 0),
                        line("trainings", ",outcome=\"failed\"", 0));
        metrics.leads(FLEET, true);
        metrics.started(FLEET);
        assertThat(metrics.text()).contains(line("leads", "", 1), line("trains", "", 1));
        metrics.ended(FLEET, run(TrainingOutcome.FAILED, 0), null);
        metrics.known(FLEET, run(TrainingOutcome.PROMOTED, NOW.toEpochMilli() - 90_000));
        metrics.known(FLEET, run(TrainingOutcome.FAILED, NOW.toEpochMilli()));
        assertThat(metrics.text())
                .contains(
                        line("trains", "", 0),
                        line("modelAgeSeconds", "", 90),
                        line("trainings", ",outcome=\"failed\"", 1));
    }

    @Test
    void theyShowTheNewestShadow() {
        assertThat(metrics.text()).contains(line("shadowRuns", "", 0), line("shadowAlarmRatio", "", Double.NaN));
        ModelIdentity first = new ModelIdentity(1, "aa");
        metrics.shadows(
                FLEET,
                List.of(new ShadowComparison(
                        "fleet",
                        new ModelIdentity(2, "bb"),
                        first,
                        new ShadowRange(0, 1, false),
                        new ShadowRows(900, 1, 2, 3, 4, 5),
                        new ShadowAlarms(3, 3, 1),
                        new ShadowFigures(1, 2, 0.75, 1),
                        ShadowOutcome.RUNNING,
                        7)));
        assertThat(metrics.text())
                .contains(
                        line("shadowRuns", "", 1),
                        line("shadowFailed", "", 0),
                        line("shadowComparedRows", "", 900),
                        line("shadowAlarmRatio", "", 1.5),
                        line("shadowRankCorrelation", "", 0.75));
    }

    @Test
    void thePageHasThem() throws Exception {
        try (MetricsPage page = MetricsPage.open(0, metrics::text)) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + page.port() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(metrics.text()).startsWith("# HELP noether_retrainer_leads ");
        }
    }

    private static String line(String name, String labels, double value) {
        return "noether_retrainer_" + name + "{job_name=\"noether_retraining_fleet\"" + labels + "} " + value + "\n";
    }

    private static TrainingRun run(TrainingOutcome outcome, long end) {
        return new TrainingRun("fleet", TrainingCause.SCHEDULE, outcome, 0, end, Score.NO_MODEL, "r", null);
    }
}
