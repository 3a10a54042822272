package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leaves long incidents out of a history that no model has scored, or that the model before could not see in single
 * rows. A linear model is fitted to it and judges each row out of
 * fold. Episodes whose scores are extreme ({@link ExtremeEpisodes}) are left out; then it is fitted and judged again,
 * because an incident widens the baselines that it is measured with.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class HistoryTrimmer {
    private static final int MOST_PASSES = 3;

    private final Engine engine;
    private final DetectorOptions options;
    private final FeatureSchema features;
    private final ScheduleOptions schedules;

    /**
     * A history without its extreme episodes.
     *
     * @param histories histories by entity
     * @param rows number of rows that are left out
     */
    public record Trimmed(List<EntityHistory> histories, int rows) {
        /**
         * Returns the rows of other histories that are left here too, by entity and event time.
         *
         * @param others histories of the same entities
         */
        public List<EntityHistory> rowsOf(List<EntityHistory> others) {
            Map<String, long[]> times = new HashMap<>();
            for (EntityHistory history : histories) {
                times.put(history.entity(), times(history));
            }
            List<boolean[]> leftOut = new ArrayList<>();
            for (EntityHistory other : others) {
                long[] kept = times.getOrDefault(other.entity(), new long[0]);
                long[] all = other.runs().stream()
                        .flatMapToLong(run -> Arrays.stream(run.times()))
                        .toArray();
                boolean[] isOut = new boolean[all.length];
                for (int i = 0; i < all.length; i++) {
                    isOut[i] = Arrays.binarySearch(kept, all[i]) < 0;
                }
                leftOut.add(isOut);
            }
            return without(others, leftOut);
        }

        private static long[] times(EntityHistory history) {
            return history.runs().stream()
                    .flatMapToLong(run -> Arrays.stream(run.times()))
                    .sorted()
                    .toArray();
        }
    }

    /** Makes a trimmer for histories of a detector without schedules. */
    public HistoryTrimmer(Engine engine, DetectorOptions options, FeatureSchema features) {
        this(engine, options, features, ScheduleOptions.OFF);
    }

    /** Makes a trimmer for histories of a detector. What recurs at certain times is not extreme. */
    public HistoryTrimmer(Engine engine, DetectorOptions options, FeatureSchema features, ScheduleOptions schedules) {
        this.schedules = schedules;
        this.engine = engine;
        this.options = options;
        this.features = features;
    }

    /**
     * Trims. A history without extreme episodes, or too short to be judged out of fold, is returned as it is.
     *
     * @param histories histories by entity; NaN is a missing value
     * @param mostShare largest share of the rows to leave out; if more rows are extreme, none is left out
     */
    public Trimmed trim(List<EntityHistory> histories, double mostShare) {
        List<EntityHistory> kept = histories;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            List<boolean[]> extreme = extreme(kept);
            if (extreme.stream().noneMatch(HistoryTrimmer::hasAny)) {
                break;
            }
            kept = without(kept, extreme);
        }
        int all = count(histories);
        int rows = all - count(kept);
        return rows > mostShare * all ? new Trimmed(histories, 0) : new Trimmed(kept, rows);
    }

    /** For each history, which of its rows are extreme. */
    private List<boolean[]> extreme(List<EntityHistory> raw) {
        List<EntityHistory> histories =
                CounterChoice.rates(raw, options.counters().of(features, raw));
        List<EntityHistory> complete = GapFilling.fill(histories, features.size());
        List<EntityHistory> filled = HistorySchedule.of(
                        complete, features.names(), RowInterval.median(complete), schedules)
                .histories();
        if (count(filled) < Math.max(options.history().minRows(), options.leastRows())) {
            return List.of();
        }
        try {
            HistorySplit split = new HistorySplit(filled, features.size(), options.history());
            ModelFitter fitter =
                    new ModelFitter(engine, options, features, split.interval(), new TreeMap<>(), histories);
            FoldedModel folded = new LinearModelFitter(options, fitter, features.size()).fit(split);
            ModelArtifact model = folded.model();
            HistoryReplay replay = new HistoryReplay(engine, folded.folds(), filled);
            return new ExtremeEpisodes(filled)
                    .find(
                            folded.folds(),
                            replay.judgeEach(judging(folded, filled, split), 0, Judgement::alarmScore),
                            replay.rowsOf(0));
        } catch (TrainingRefusedException e) {
            // The training itself says what is missing.
            return List.of();
        }
    }

    /** A model with baselines that an incident of the history does not widen. */
    private ModelArtifact judging(FoldedModel folded, List<EntityHistory> histories, HistorySplit split) {
        ModelArtifact model = folded.model();
        ModelCalibrator calibrator = new ModelCalibrator(engine, histories, split);
        List<SortedMap<String, EntityBaseline>> folds = new ArrayList<>();
        for (Fold fold : folded.folds()) {
            folds.add(calibrator.baselines(model, List.of(fold)).byEntity());
        }
        return model.withBaselines(calibrator.baselines(model, folded.folds()).ofAll(), MedianBaselines.of(folds));
    }

    private static List<EntityHistory> without(List<EntityHistory> histories, List<boolean[]> leftOut) {
        List<EntityHistory> kept = new ArrayList<>();
        for (int e = 0; e < histories.size(); e++) {
            List<Run> runs = without(histories.get(e), leftOut.get(e));
            if (!runs.isEmpty()) {
                kept.add(new EntityHistory(histories.get(e).entity(), runs));
            }
        }
        return kept;
    }

    private static List<Run> without(EntityHistory history, boolean[] leftOut) {
        RunCollector runs = new RunCollector();
        int before = 0;
        for (Run run : history.runs()) {
            int start = 0;
            for (int i = 0; i <= run.count(); i++) {
                if (i == run.count() || leftOut[before + i]) {
                    runs.add(part(run, start, i));
                    runs.end();
                    start = i + 1;
                }
            }
            before += run.count();
        }
        return runs.runs();
    }

    private static Run part(Run run, int from, int to) {
        int width = run.count() == 0 ? 0 : run.rows().length / run.count();
        return new Run(
                Arrays.copyOfRange(run.times(), from, to), Arrays.copyOfRange(run.rows(), from * width, to * width));
    }

    private static boolean hasAny(boolean[] rows) {
        for (boolean row : rows) {
            if (row) {
                return true;
            }
        }
        return false;
    }

    private static int count(List<EntityHistory> histories) {
        return histories.stream().mapToInt(EntityHistory::count).sum();
    }
}
