package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.ModelStore;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.shape.ShapeState;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what a row costs with one model, compared with another: both score the same made rows, in turn, on this
 * machine. Stateless.
 */
final class ScoringCost implements ToDoubleBiFunction<ModelRelease, ModelRelease> {
    private static final Logger LOG = LoggerFactory.getLogger(ScoringCost.class);
    private static final int BATCH = 256;
    private static final int BATCHES = 16;
    private static final int ROUNDS = 7;

    private final DetectorConfig config;

    ScoringCost(DetectorConfig config) {
        this.config = config;
    }

    /** Returns the median ratio of the times; NaN if a model cannot be read. */
    @Override
    public double applyAsDouble(ModelRelease challenger, ModelRelease champion) {
        try (Engine engine = config.model().engine().open();
                Meter first =
                        new Meter(read(challenger), engine, config.alarms().budget());
                Meter second = new Meter(read(champion), engine, config.alarms().budget())) {
            double[] ratios = new double[ROUNDS];
            first.nanos();
            second.nanos();
            for (int i = 0; i < ROUNDS; i++) {
                ratios[i] = (double) first.nanos() / second.nanos();
            }
            Arrays.sort(ratios);
            return ratios[ROUNDS / 2];
        } catch (ArtifactException | IOException | RuntimeException e) {
            LOG.warn(
                    "What model {} of detector {} costs was not measured: {}",
                    challenger.version(),
                    config.detector(),
                    e.toString());
            return Double.NaN;
        }
    }

    private static ModelArtifact read(ModelRelease release) throws IOException, ArtifactException {
        return ArtifactCodec.decode(ModelStore.fetch(release.artifact()));
    }

    /** Scores made rows of one entity. */
    private static final class Meter implements AutoCloseable {
        private final WindowScorer scorer;
        private final AlarmThreshold threshold;
        private final EntityBaseline start;
        private final EntityBaseline baseline;
        private final AlarmState alarms;
        private final WindowBuffer window;
        private final @Nullable ShapeState shape;
        private final SplittableRandom random = new SplittableRandom(1);
        private final double[] row;
        private long time;

        Meter(ModelArtifact model, Engine engine, AlarmBudget budget) {
            double rate = budget.ratePerWindow(
                    model.rowInterval(), Math.max(1, model.entityBaselines().size()));
            scorer = new WindowScorer(model, engine, BATCH);
            threshold = new AlarmThreshold(
                    model.calibration(), Math.min(rate, TailCalibration.TAIL_SHARE), model.adaptation());
            start = model.startingBaseline("");
            baseline = start.copy();
            alarms = threshold.start();
            window = new WindowBuffer(model.contextRows(), 0, model.features().size());
            window.setOrigin(model.scaling().origin());
            shape = scorer.hasShape() ? scorer.startShape("", null) : null;
            row = new double[model.features().size()];
        }

        long nanos() {
            long began = System.nanoTime();
            for (int batch = 0; batch < BATCHES; batch++) {
                while (!scorer.isFull()) {
                    add();
                }
                for (int i = 0; i < BATCH; i++) {
                    scorer.judge(i, baseline, start, threshold, alarms);
                }
                scorer.clear();
            }
            return System.nanoTime() - began;
        }

        private void add() {
            for (int j = 0; j < row.length; j++) {
                row[j] = scorer.model().scaling().toRaw(j, (float) random.nextGaussian());
            }
            time += scorer.model().rowInterval().toMillis();
            int position = window.add(time, row, 0);
            if (window.windowEndsAt(position)) {
                int index = scorer.add(window, position);
                if (shape != null) {
                    scorer.addShape(index, shape, window, position);
                }
            }
        }

        @Override
        public void close() {
            scorer.close();
        }
    }
}
