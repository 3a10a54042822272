package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a history through the scorer as a live stream would, entity by entity. Not thread safe. */
final class HistoryReplay {
    private static final int CHUNK = 1024;

    private final ModelArtifact model;
    private final Engine engine;
    private final List<EntityHistory> histories;

    HistoryReplay(Engine engine, ModelArtifact model, List<EntityHistory> histories) {
        this.engine = engine;
        this.model = model;
        this.histories = histories;
    }

    /** What is to be known of a judgement. */
    interface Reading {
        /** Reads one number. */
        double of(Judgement judgement);
    }

    /**
     * Judges the rows of a range of event times; rows before it are context.
     *
     * @param from event time of the first row to judge
     * @param to event time behind the last one
     * @return one reading for each row that has its context
     */
    float[] judge(long from, long to, Reading reading) {
        List<float[]> each = judgeEach(from, to, reading);
        float[] all =
                new float[each.stream().mapToInt(readings -> readings.length).sum()];
        int count = 0;
        for (float[] readings : each) {
            System.arraycopy(readings, 0, all, count, readings.length);
            count += readings.length;
        }
        return all;
    }

    /** The same apart for each entity, in the order of the histories. */
    List<float[]> judgeEach(long from, long to, Reading reading) {
        List<float[]> readings = new ArrayList<>();
        Judgement judgement = new Judgement(model.features().size());
        try (WindowScorer scorer = new WindowScorer(model, engine, CHUNK)) {
            for (EntityHistory history : histories) {
                readings.add(judge(history, from, to, reading, scorer, judgement));
            }
        }
        return readings;
    }

    private float[] judge(
            EntityHistory history, long from, long to, Reading reading, WindowScorer scorer, Judgement judgement) {
        float[] readings = new float[history.count()];
        int count = 0;
        EntityBaseline start = model.startingBaseline(history.entity());
        EntityBaseline baseline = start.copy();
        for (Run run : history.runs()) {
            WindowBuffer buffer =
                    new WindowBuffer(model.contextRows(), 0, model.features().size());
            for (int i = 0; i < run.count(); i++) {
                long time = run.times()[i];
                int position = buffer.add(time, run.rows(), i * buffer.features());
                if (buffer.windowEndsAt(position) && time >= from && time < to) {
                    scorer.add(buffer, position);
                }
                if (scorer.isFull() || i == run.count() - 1) {
                    for (int row = 0; row < scorer.size(); row++) {
                        scorer.judge(row, baseline, start, judgement);
                        readings[count++] = (float) reading.of(judgement);
                    }
                    scorer.clear();
                }
            }
        }
        return Arrays.copyOf(readings, count);
    }
}
