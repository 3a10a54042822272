package dev.noether.model.gate;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import java.util.List;

/** The scores of a few rows before a model was written and after it was read back: they must be equal and in range. */
final class GoldenRows {
    private static final int ROWS = 200;

    /** Scores are logarithms of sums of squares. */
    private static final double LARGEST_SCORE = 1e4;

    private GoldenRows() {}

    static Figure compare(
            Engine engine, ModelArtifact written, ModelArtifact read, GateEvidence evidence, double rate) {
        long from = HeldOutRows.timeOfNewest(evidence.histories(), ROWS);
        HeldOutRows rows =
                new HeldOutRows(evidence.histories(), evidence.features().size(), from, evidence.contextRows());
        float[] before = scores(engine, written, rows, from, rate);
        float[] after = scores(engine, read, rows, from, rate);
        int different = 0;
        double largest = 0;
        for (int i = 0; i < before.length; i++) {
            different += before[i] == after[i] && after[i] >= 0 && after[i] <= LARGEST_SCORE ? 0 : 1;
            largest = Math.max(largest, after[i]);
        }
        return new Figure(
                "goldenRows",
                different,
                Double.NaN,
                0,
                different == 0,
                different + " of " + before.length + " rows have another score after the model was stored and read, or"
                        + " one out of range; the largest is " + Wording.number(largest));
    }

    private static float[] scores(Engine engine, ModelArtifact model, HeldOutRows rows, long from, double rate) {
        try (ModelReplay replay = new ModelReplay(model, engine, rate, rows, BreakPlan.none(rows))) {
            return replay.run(from, List.of()).alarmScores();
        }
    }
}
