package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replays a history through the scorer as a live stream would, entity by entity. Each fold is judged by its own model,
 * which was fitted to other rows. Not thread safe.
 */
final class HistoryReplay {
    private static final int CHUNK = 1024;

    private final Engine engine;
    private final List<Fold> folds;
    private final List<EntityHistory> histories;

    /**
     * Makes a replay.
     *
     * @param folds folds in order of time, without gaps, at least one
     * @param histories histories to replay
     */
    HistoryReplay(Engine engine, List<Fold> folds, List<EntityHistory> histories) {
        this.engine = engine;
        this.folds = folds;
        this.histories = histories;
    }

    /** Reads one number from a judgement. */
    interface Reading {
        /** Returns the number. */
        double of(Judgement judgement);
    }

    /**
     * Judges the rows from one fold on; the rows before it only serve as context.
     *
     * @param starts a model with the starting baselines
     * @param first index of the first fold to judge
     * @param reading number to read from each judgement
     * @return for each history, one number for each judged row that has a full context
     */
    List<float[]> judgeEach(ModelArtifact starts, int first, Reading reading) {
        return judgeEach(starts, first, List.of(reading)).get(0);
    }

    /** The number of rows of all histories; at least as many as are judged. */
    long rows() {
        return histories.stream().mapToLong(EntityHistory::count).sum();
    }

    /** A replay of the folds before one. */
    HistoryReplay before(int fold) {
        return new HistoryReplay(engine, folds.subList(0, fold), histories);
    }

    /** A replay whose models count deviating features. */
    HistoryReplay with(ExceedanceLaw exceedances) {
        List<Fold> counting = folds.stream()
                .map(fold -> new Fold(fold.from(), fold.to(), fold.model().withExceedances(exceedances)))
                .toList();
        return new HistoryReplay(engine, counting, histories);
    }

    /**
     * Judges the rows from one fold on as {@link #judgeEach(ModelArtifact, int, Reading)} does.
     *
     * @param readings numbers to read from each judgement
     * @return for each reading and each history, one number for each judged row that has a full context
     */
    List<List<float[]>> judgeEach(ModelArtifact starts, int first, List<Reading> readings) {
        List<List<float[][]>> parts = new ArrayList<>();
        List<EntityBaseline> baselines = new ArrayList<>();
        for (EntityHistory history : histories) {
            parts.add(new ArrayList<>());
            baselines.add(starts.startingBaseline(history.entity()).copy());
        }
        for (Fold fold : folds.subList(first, folds.size())) {
            try (WindowScorer scorer = new WindowScorer(fold.model(), engine, CHUNK)) {
                for (int e = 0; e < histories.size(); e++) {
                    EntityHistory history = histories.get(e);
                    EntityBaseline start = starts.startingBaseline(history.entity());
                    parts.get(e).add(judge(history, fold, readings, scorer, baselines.get(e), start));
                }
            }
        }
        List<List<float[]>> results = new ArrayList<>();
        for (int r = 0; r < readings.size(); r++) {
            int reading = r;
            results.add(parts.stream()
                    .map(own -> joined(own.stream().map(part -> part[reading]).toList()))
                    .toList());
        }
        return results;
    }

    private static float[][] judge(
            EntityHistory history,
            Fold fold,
            List<Reading> readings,
            WindowScorer scorer,
            EntityBaseline baseline,
            EntityBaseline start) {
        float[][] numbers = new float[readings.size()][history.count()];
        int count = 0;
        for (Run run : history.runs()) {
            WindowBuffer buffer = new WindowBuffer(
                    fold.model().contextRows(), 0, fold.model().features().size());
            buffer.setOrigin(fold.model().scaling().origin());
            for (int i = 0; i < run.count(); i++) {
                long time = run.times()[i];
                int position = buffer.add(time, run.rows(), i * buffer.features());
                if (buffer.windowEndsAt(position) && fold.contains(time)) {
                    scorer.add(buffer, position);
                }
                if (scorer.isFull() || i == run.count() - 1) {
                    for (int row = 0; row < scorer.size(); row++) {
                        Judgement judgement = scorer.judge(row, baseline, start);
                        for (int r = 0; r < numbers.length; r++) {
                            numbers[r][count] = (float) readings.get(r).of(judgement);
                        }
                        count++;
                    }
                    scorer.clear();
                }
            }
        }
        for (int r = 0; r < numbers.length; r++) {
            numbers[r] = Arrays.copyOf(numbers[r], count);
        }
        return numbers;
    }

    /**
     * The rows that {@link #judgeEach} judges.
     *
     * @param first index of the first fold
     * @return for each history the indices of its judged rows among all its rows, in the order of the readings
     */
    List<int[]> rowsOf(int first) {
        List<int[]> rows = new ArrayList<>();
        for (EntityHistory history : histories) {
            int[] judged = new int[history.count()];
            int count = 0;
            for (Fold fold : folds.subList(first, folds.size())) {
                int before = 0;
                for (Run run : history.runs()) {
                    for (int i = fold.model().contextRows() - 1; i < run.count(); i++) {
                        if (fold.contains(run.times()[i])) {
                            judged[count++] = before + i;
                        }
                    }
                    before += run.count();
                }
            }
            rows.add(Arrays.copyOf(judged, count));
        }
        return rows;
    }

    /** Concatenates arrays. */
    static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int count = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, count, part.length);
            count += part.length;
        }
        return all;
    }
}
