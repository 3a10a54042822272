package dev.noether.schemas;

import java.util.List;

/** The records whose bytes the sixth version wrote into {@code src/test/resources}. */
final class SixthVersionRecords {
    private static final String HASH = "00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab";
    private static final String OTHER = "17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff17ab00ff";

    private SixthVersionRecords() {}

    /** A score beside which a challenger has judged the row. */
    static Score score() {
        Score plain = FifthVersionRecords.score();
        return new Score(
                plain.detector(),
                plain.entity(),
                plain.windowStart(),
                plain.windowEnd(),
                plain.sourcePartition(),
                plain.sourceOffset(),
                plain.verdict(),
                plain.unscoredReason(),
                plain.score(),
                plain.pValue(),
                plain.threshold(),
                plain.contributions(),
                plain.imputed(),
                8,
                plain.alarmScore(),
                plain.suppressed(),
                plain.stuck(),
                plain.shapeFinding(),
                plain.modelHash(),
                new ShadowScore(9, "17ab00ff17ab00ff", Verdict.NORMAL, 0.125));
    }

    static PromotionDecision shadowed() {
        return new PromotionDecision.Shadowed(new DecisionFacts(
                "fleet",
                new ModelIdentity(9, OTHER),
                new ModelIdentity(8, HASH),
                "no figure failed",
                "gate",
                1_700_000_000_999L,
                List.of(new GateFigure("alarmRate", 0.002, 0.0009, 0.001, true, "alarms on 0.2 % of the rows"))));
    }

    static ShadowComparison shadow() {
        return new ShadowComparison(
                "fleet",
                new ModelIdentity(9, OTHER),
                new ModelIdentity(8, HASH),
                new ShadowRange(1_700_000_000_000L, 1_700_000_600_000L, true),
                new ShadowRows(12_000, 7, 40, 3, 5, 1),
                new ShadowAlarms(2, 4, 1),
                new ShadowFigures(0.75, 6.5, 0.875, Double.NaN),
                ShadowOutcome.PASSED,
                1_700_000_700_000L);
    }
}
