package dev.noether.lab.bench;

import com.sun.management.ThreadMXBean;
import dev.noether.flink.release.PromisedRate;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures the scorer without a job, on one thread. Each record is added to the window of its entity and to a batch;
 * each row of a full batch receives a verdict and updates the baseline of its entity. The benchmark measures processor
 * time of the thread, on which other load has an effect through the caches only.
 */
final class ScorerBenchmark {
    private static final int WARM_UP_ROUNDS = 2;
    private static final int DIFFERENT_ROWS = 1024;
    private static final long SEED = 42;

    private final ScorerOptions options;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** A signal of any period has whole periods of them. */
    private double[][] rows = {};

    ScorerBenchmark(ScorerOptions options) {
        this.options = options;
    }

    /**
     * Measures the scorer of a model.
     *
     * @param name name of the scorer in the results
     * @param model model to measure
     * @param entities names of the entities, as many as in the options
     */
    ScorerSpeed run(String name, ModelArtifact model, List<String> entities) {
        int period = model.shape() == null
                ? 1
                : model.shape().groups().get(0).period().rows();
        SyntheticObservations observations = model.shape() == null
                ? new SyntheticObservations(model.features(), 1, SEED)
                : SyntheticObservations.repeating(model.features(), 1, period, SEED);
        rows = new double[Math.max(1, DIFFERENT_ROWS / period) * period][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = wide(observations.values());
        }
        AlarmThreshold threshold = new AlarmThreshold(
                model.calibration(), PromisedRate.of(AlarmBudget.DEFAULT, model).perWindow(), model.adaptation());
        List<Entity> states = new ArrayList<>();
        List<Double> nanoseconds = new ArrayList<>();
        long bytes = 0;
        try (Engine engine = EngineChoice.AUTO.open();
                WindowScorer scorer = new WindowScorer(model, engine, options.batchSize())) {
            ShapeState past = filledMemory(scorer, entities.get(0));
            for (String entity : entities) {
                EntityBaseline start = model.startingBaseline(entity);
                states.add(new Entity(
                        new WindowBuffer(
                                model.contextRows(), 0, model.features().size()),
                        start.copy(),
                        start,
                        threshold.start(),
                        shapeState(scorer, entity, past)));
            }
            Pass pass = new Pass(scorer, threshold, states.toArray(new Entity[0]));
            for (int round = 1 - WARM_UP_ROUNDS; round <= options.rounds(); round++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long time = threads.getCurrentThreadCpuTime();
                pass.run();
                time = threads.getCurrentThreadCpuTime() - time;
                bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
                if (round > 0) {
                    nanoseconds.add((double) time / options.records());
                }
            }
        }
        return ScorerSpeed.of(name, (double) bytes / options.records(), nanoseconds);
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static @Nullable ShapeState shapeState(WindowScorer scorer, String entity, @Nullable ShapeState past) {
        if (past != null) {
            return past.copy();
        }
        return scorer.hasShape() ? scorer.startShape(entity, null) : null;
    }

    /** A state whose memory is full, as after a long time; null if the model has no memory. */
    private @Nullable ShapeState filledMemory(WindowScorer scorer, String entity) {
        ShapeModel shape = scorer.model().shape();
        if (shape == null || shape.memory() == 0) {
            return null;
        }
        ModelArtifact model = scorer.model();
        ShapeState state = scorer.startShape(entity, null);
        EntityBaseline start = model.startingBaseline(entity);
        EntityBaseline baseline = start.copy();
        WindowBuffer window =
                new WindowBuffer(model.contextRows(), 0, model.features().size());
        int count =
                2 * shape.rows() + (shape.memory() + 1) * shape.groups().get(0).stride();
        for (int i = 0; i < count; i++) {
            int position = window.add((long) i * SyntheticObservations.PERIOD_MILLIS, rows[i % rows.length], 0);
            if (window.windowEndsAt(position)) {
                int row = scorer.add(window, position);
                scorer.addShape(row, state, window, position);
                scorer.judge(row, baseline, start);
                scorer.clear();
            }
        }
        return state;
    }

    private record Entity(
            WindowBuffer window,
            EntityBaseline baseline,
            EntityBaseline start,
            AlarmState alarms,
            @Nullable ShapeState shape) {}

    /** Scores all records of a round. */
    private final class Pass {
        private final WindowScorer scorer;
        private final AlarmThreshold threshold;
        private final Entity[] entities;
        private final Entity[] batch = new Entity[options.batchSize()];
        private long recordCount;

        Pass(WindowScorer scorer, AlarmThreshold threshold, Entity[] entities) {
            this.scorer = scorer;
            this.threshold = threshold;
            this.entities = entities;
        }

        void run() {
            for (int i = 0; i < options.records(); i++) {
                Entity entity = entities[(int) (recordCount % entities.length)];
                int position =
                        entity.window.add(timeOf(recordCount), rows[(int) (rowOf(recordCount) % rows.length)], 0);
                recordCount++;
                if (entity.window.windowEndsAt(position)) {
                    int row = scorer.add(entity.window, position);
                    batch[row] = entity;
                    if (entity.shape != null) {
                        scorer.addShape(row, entity.shape, entity.window, position);
                    }
                }
                if (scorer.isFull()) {
                    judge();
                }
            }
            judge();
        }

        /** Each entity reports at the usual interval, so that no row comes after a gap. */
        private long timeOf(long record) {
            return record / entities.length * SyntheticObservations.PERIOD_MILLIS;
        }

        /** The rows of each entity follow each other; the entities are at different ones. */
        private long rowOf(long record) {
            return record / entities.length + record % entities.length;
        }

        private void judge() {
            for (int row = 0; row < scorer.size(); row++) {
                Entity entity = batch[row];
                scorer.judge(row, entity.baseline, entity.start, threshold, entity.alarms);
            }
            scorer.clear();
        }
    }
}
