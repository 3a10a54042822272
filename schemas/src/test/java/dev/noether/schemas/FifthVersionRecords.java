package dev.noether.schemas;

import java.util.List;

/** The records whose bytes the fifth version wrote into {@code src/test/resources}. */
final class FifthVersionRecords {
    private static final String HASH = "00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab";
    private static final ModelIdentity MODEL = new ModelIdentity(9, HASH);

    private FifthVersionRecords() {}

    static Score score() {
        return EarlierRecords.shape(MODEL.shortHash());
    }

    static Incident incident() {
        return EarlierRecords.incident(
                IncidentState.RESOLVED,
                MODEL.shortHash(),
                new Diagnosis(
                        List.of(new Cause("cpu", 64f, 99.5f, 12.5f, 10f, 15f)), BreakShape.LEVEL, "cpu stays at 99.5"),
                IncidentGroup.NONE);
    }

    /** A model that was withdrawn. */
    static ModelRelease release() {
        return EarlierRecords.release(HASH, ReleaseStage.RETIRED, EarlierRecords.START + 9_000);
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
