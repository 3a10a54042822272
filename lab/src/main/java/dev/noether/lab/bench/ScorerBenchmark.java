package dev.noether.lab.bench;

import com.sun.management.ThreadMXBean;
import dev.noether.flink.release.PromisedRate;
import dev.noether.model.alarm.AlarmAdaptation;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.WindowScorer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The scorer without a job around it, on one thread: each record goes into the window of its entity and into a batch;
 * each row of a full batch is judged, and teaches its entity. Processor time of the thread is taken, which depends on
 * what else the machine does only by the caches.
 */
final class ScorerBenchmark {
    private static final int WARM_UP_ROUNDS = 2;
    private static final int DIFFERENT_ROWS = 1024;
    private static final long SEED = 42;

    private final ScorerOptions options;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final float[][] rows = new float[DIFFERENT_ROWS][];

    ScorerBenchmark(ScorerOptions options) {
        this.options = options;
    }

    /**
     * Measures a model's scorer.
     *
     * @param name what to call it
     * @param model the model
     * @param entities by name, as many as the options say
     */
    ScorerSpeed run(String name, ModelArtifact model, List<String> entities) {
        SyntheticObservations observations = new SyntheticObservations(model.features(), 1, SEED);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = observations.values();
        }
        AlarmThreshold threshold = new AlarmThreshold(
                model.calibration(), PromisedRate.of(AlarmBudget.DEFAULT, model).perWindow(), AlarmAdaptation.DEFAULT);
        List<Entity> states = new ArrayList<>();
        for (String entity : entities) {
            EntityBaseline start = model.startingBaseline(entity);
            states.add(new Entity(
                    new WindowBuffer(model.contextRows(), 0, model.features().size()),
                    start.copy(),
                    start,
                    threshold.start()));
        }
        List<Double> nanoseconds = new ArrayList<>();
        long bytes = 0;
        try (Engine engine = EngineKind.AUTO.open();
                WindowScorer scorer = new WindowScorer(model, engine, options.batchSize())) {
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

    private record Entity(WindowBuffer window, EntityBaseline baseline, EntityBaseline start, AlarmState alarms) {}

    /** All records of a round. */
    private final class Pass {
        private final WindowScorer scorer;
        private final AlarmThreshold threshold;
        private final Entity[] entities;
        private final Entity[] batch = new Entity[options.batchSize()];
        private long made;

        Pass(WindowScorer scorer, AlarmThreshold threshold, Entity[] entities) {
            this.scorer = scorer;
            this.threshold = threshold;
            this.entities = entities;
        }

        void run() {
            for (int i = 0; i < options.records(); i++) {
                Entity entity = entities[(int) (made % entities.length)];
                int position = entity.window.add(made, rows[(int) (made % rows.length)], 0);
                made++;
                if (entity.window.windowEndsAt(position)) {
                    batch[scorer.add(entity.window, position)] = entity;
                }
                if (scorer.isFull()) {
                    judge();
                }
            }
            judge();
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
