package dev.noether.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines that {@code noether tail} shows. */
class TailLinesTest {
    private static final long TIME = 1_769_271_360_000L;

    @Test
    void anIncidentIsItsSentence() {
        assertThat(IncidentLine.of(incident(IncidentState.OPENED, null, null), Paint.NONE))
                .isEqualTo("2026-01-24T16:16:00Z  OPENED    CRITICAL  machine-1-6: f32 is 1, expected 0;"
                        + " since 2026-01-24T16:16:00Z  [60184ec0ab21]");
        assertThat(IncidentLine.of(incident(IncidentState.UPDATED, "aa00", "maintenance: backup"), Paint.NONE))
                .endsWith("; part of the outbreak aa00; no alert: maintenance: backup  [60184ec0ab21]");
    }

    @Test
    void coloursSayHowGraveItIs() {
        Paint paint = Paint.always();
        assertThat(IncidentLine.of(incident(IncidentState.OPENED, null, null), paint))
                .contains("\u001B[31mOPENED");
        assertThat(IncidentLine.of(incident(IncidentState.RESOLVED, null, null), paint))
                .contains("\u001B[32mRESOLVED");
        assertThat(IncidentLine.of(incident(IncidentState.OPENED, "aa00", null), paint))
                .contains("\u001B[2mOPENED");
        assertThat(IncidentLine.of(incident(IncidentState.OPENED, null, null), Paint.of(false)))
                .doesNotContain("\u001B");
    }

    @Test
    void aScoreSaysWhatItIsComparedWith() {
        Score score = new Score(
                "fleet",
                "host-1",
                TIME,
                TIME + 1,
                0,
                1,
                Verdict.ANOMALOUS,
                null,
                3,
                1e-6,
                7.6,
                List.of(new Contribution("cpu", 0.7f, 0.9f, 0.25f, 12, 0.125f, 0.5f)),
                List.of(),
                2,
                11.94,
                null);
        assertThat(ScoreLine.of(score, Paint.NONE))
                .isEqualTo("2026-01-24T16:16:00Z  ANOMALOUS  host-1: score 11.94 above threshold 7.6, p-value 0.000001;"
                        + " cpu is 0.9, expected 0.25 (usual range 0.125 to 0.5), 70 % of the score; model 2");
        assertThat(ScoreLine.of(Score.unscored("fleet", "host-1", TIME, 0, 1, UnscoredReason.COLD_START), Paint.NONE))
                .isEqualTo("2026-01-24T16:16:00Z  UNSCORED   host-1: no score, reason cold start");
    }

    @Test
    void aRejectedRecordShowsItsBytesAsTextOrAsDigits() {
        assertThat(RejectedLine.of(rejected("{\"cpu\":\n1}"), TIME, 100, Paint.NONE))
                .isEqualTo("2026-01-24T16:16:00Z  NOT_AVRO  fleet.observations partition 2 offset 42: no marker; key k;"
                        + " value of 10 bytes: {\"cpu\": 1}");
        assertThat(RejectedLine.of(rejected("{\"cpu\":\n1}"), TIME, 5, Paint.NONE))
                .endsWith("bytes: {\"cpu…");
        assertThat(RejectedLine.of(rejected("\u0000\u0001ab"), TIME, 100, Paint.NONE))
                .endsWith(": hex 00016162");
    }

    @Test
    void nothingThatATerminalWouldObeyIsShown() {
        assertThat(Printable.text("a\u001B[2Jb\u202Ec\nd\u0085")).isEqualTo("a\uFFFD[2Jb\uFFFDc d\uFFFD");
        assertThat(Printable.bytes("a\u202E".getBytes(StandardCharsets.UTF_8), 9))
                .isEqualTo("a\uFFFD");
    }

    @Test
    void aModelIsOneLine() {
        ModelIdentity model = new ModelIdentity(2, "5d01062414dfae5700");
        DecisionFacts facts = new DecisionFacts("fleet", model, null, "too many alarms", "the gate", TIME, List.of());
        assertThat(ModelLine.of(new PromotionDecision.Refused(facts), Paint.NONE))
                .isEqualTo("2026-01-24T16:16:00Z  refused    model 2 (5d01062414dfae57), by the gate: too many alarms");
        TrainingRun run = new TrainingRun(
                "fleet",
                TrainingCause.SCHEDULE,
                TrainingOutcome.NO_MODEL,
                TIME - 61_000,
                TIME,
                -1,
                "host-7",
                "only 12 rows");
        assertThat(ModelLine.of(run, Paint.NONE))
                .isEqualTo("2026-01-24T16:16:00Z  training   ended after 1 min 1 s, outcome no model, cause schedule,"
                        + " on host-7: only 12 rows");
        TrainingRun passed = new TrainingRun(
                "fleet", TrainingCause.SCHEDULE, TrainingOutcome.PROMOTED, TIME - 61_000, TIME, 3, "host-7", null);
        assertThat(ModelLine.of(passed, Paint.NONE)).contains(", outcome passed the gate, model 3,");
    }

    private static Rejected rejected(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Rejected(
                "fleet.observations",
                2,
                42,
                TIME,
                RejectionReason.NOT_AVRO,
                "no marker",
                "k".getBytes(StandardCharsets.UTF_8),
                bytes,
                bytes.length);
    }

    static Incident incident(IncidentState state, @Nullable String group, @Nullable String suppressed) {
        return new Incident(
                new IncidentIdentity("fleet", "60184ec0ab21e312160955f7a80adfe5", "machine-1-6", IncidentKind.ANOMALY),
                state,
                Severity.CRITICAL,
                new IncidentTimes(TIME, TIME + 1, TIME),
                new IncidentPeak(11, TIME, 1e-6, 7.6, 1),
                1,
                new Diagnosis(
                        List.of(), BreakShape.UNKNOWN, "machine-1-6: f32 is 1, expected 0; since 2026-01-24T16:16:00Z"),
                new IncidentGroup(group, List.of(), 0),
                suppressed);
    }
}
