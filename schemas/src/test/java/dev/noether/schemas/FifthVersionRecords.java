package dev.noether.schemas;

import java.util.List;
import java.util.Map;

/** The records whose bytes the fifth version wrote into {@code src/test/resources}. */
final class FifthVersionRecords {
    private static final String HASH = "00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab";
    private static final ModelIdentity MODEL = new ModelIdentity(9, HASH);

    private FifthVersionRecords() {}

    static Score score() {
        return new Score(
                "fleet",
                "host-7",
                1_700_000_000_000L,
                1_700_000_000_124L,
                3,
                42,
                Verdict.ANOMALOUS,
                null,
                7.5,
                0.001,
                3.25,
                List.of(new Contribution("pulse", 1f, 1.5f, 0.25f, 4f, -1f, 2f)),
                List.of(),
                9,
                4.5,
                null,
                List.of(),
                new ShapeFinding("pulse", ShapeDifference.WIDTH, -3.25f, 4.5f, 92, 46, 34, 23),
                MODEL.shortHash());
    }

    static Incident incident() {
        return new Incident(
                new IncidentIdentity("fleet", "ab12", "host-7", IncidentKind.ANOMALY),
                IncidentState.RESOLVED,
                Severity.HIGH,
                new IncidentTimes(1_700_000_000_000L, 1_700_000_060_001L, 1_700_000_060_000L),
                new IncidentPeak(7.5, 1_700_000_030_000L, 0.001, 3.25, 9, MODEL.shortHash()),
                4,
                new Diagnosis(
                        List.of(new Cause("cpu", 64f, 99.5f, 12.5f, 10f, 15f)), BreakShape.LEVEL, "cpu stays at 99.5"),
                IncidentGroup.NONE,
                null);
    }

    /** A model that was withdrawn. */
    static ModelRelease release() {
        return new ModelRelease(
                "fleet",
                9,
                new ReleasedArtifact("s3://models/fleet/9.avro", HASH, 123_456),
                0x0123456789abcdefL,
                1_700_000_000_000L,
                ReleaseStage.RETIRED,
                1_700_000_000_999L,
                new ReleaseCalibration(0.999, 3.25, 30_000),
                Map.of("seed", "1", "machine", "x86_64"),
                1_700_000_009_000L);
    }

    static PromotionDecision refused() {
        return new PromotionDecision.Refused(new DecisionFacts(
                "fleet",
                MODEL,
                new ModelIdentity(8, HASH),
                "it alarms on 0.2 % of the rows; the budget allows 0.1 %",
                "gate",
                1_700_000_000_999L,
                List.of(
                        new GateFigure("alarmRate", 0.002, 0.0009, 0.001, false, "alarms on 0.2 % of the rows"),
                        new GateFigure("finite", Double.NaN, Double.NaN, Double.NaN, true, "all weights are finite"))));
    }

    /** Without a champion and without figures. */
    static PromotionDecision withdrawn() {
        return new PromotionDecision.Withdrawn(new DecisionFacts(
                "fleet", MODEL, null, "it alarms too often", "κατερίνα", 1_700_000_000_999L, List.of()));
    }

    static TrainingRun training() {
        return new TrainingRun(
                "fleet",
                TrainingCause.MISSED,
                TrainingOutcome.NO_MODEL,
                1_700_000_000_000L,
                1_700_000_600_000L,
                Score.NO_MODEL,
                "4711@насос",
                "there are only 12 rows");
    }

    static TrainingRequest request() {
        return new TrainingRequest("fleet", 1_700_000_000_000L, "κατερίνα", Long.MIN_VALUE, 1_700_000_000_000L);
    }
}
