package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.shape.ShapeTraining;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates a model: measures the starting baselines of the entities, the ceiling of the memory, and the distribution
 * of the alarm scores, all on rows that the judging models were not fitted to.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
final class ModelCalibrator {
    /** Share of normal rows whose memory stays below the ceiling. */
    private static final double CEILING_QUANTILE = 0.99;

    private final Engine engine;
    private final List<EntityHistory> histories;
    private final HistorySplit split;

    ModelCalibrator(Engine engine, List<EntityHistory> histories, HistorySplit split) {
        this.engine = engine;
        this.histories = histories;
        this.split = split;
    }

    /**
     * Calibrates. The entities of the finished model start from baselines over all folds. The calibration replays the
     * later folds from baselines over the earlier ones, as in live scoring. The earlier folds have no baselines before
     * them and are replayed from those of the finished model; left out, behaviour that only they show would count as
     * one that never occurs.
     *
     * @param shape the shape view; null for a model without one
     * @throws HistoryPartEmptyException if the earlier or the later folds have no window
     */
    ModelArtifact calibrate(FoldedModel folded, @Nullable ShapeTraining shape) {
        ModelArtifact model = folded.model();
        List<Fold> folds = folded.folds();
        int first = folded.calibratedFrom();
        BaselineFit overAll = baselines(model, folds);
        ModelArtifact finished = model.withBaselines(overAll.ofAll(), overAll.byEntity());
        BaselineFit overEarlier = baselines(model, folds.subList(0, first));
        ModelArtifact replayed =
                model.withBaselines(overEarlier.ofAll(), overEarlier.byEntity(finished.entityBaselines()));
        HistoryReplay plain = new HistoryReplay(engine, folds, histories);
        DeviationSample deviations = new DeviationSample(model.features().size(), plain.rows());
        float[] memories = HistoryReplay.joined(plain.judgeEach(finished, 0, judgement -> {
            deviations.add(judgement);
            return judgement.memory();
        }));
        ExceedanceLaw exceedances = ExceedanceFit.fit(deviations);
        HistoryReplay replay = exceedances.features() == 0 ? plain : plain.with(exceedances);
        ViewCalibrator views = new ViewCalibrator(replay, replayed, first, finished, folded.judgedFrom());
        List<float[]> alarmScores = views.alarmScores();
        if (alarmScores.stream().allMatch(scores -> scores.length == 0)) {
            throw new HistoryPartEmptyException(
                    "the calibration part at the end of the history has no window of " + model.contextRows() + " rows");
        }
        Arrays.sort(memories);
        ScoreRule rule = model.rule().withMemoryCeiling(memories[(int) (CEILING_QUANTILE * (memories.length - 1))]);
        if (shape == null) {
            return finished.with(rule, views.calibration(alarmScores), views.joint())
                    .withExceedances(exceedances);
        }
        ShapeCalibrator joint = new ShapeCalibrator(engine, histories, shape, alarmScores, views.rows());
        return finished.with(rule, views.calibration(joint.alarmScores()), views.joint())
                .withExceedances(exceedances)
                .withShape(joint.model());
    }

    /**
     * Fits baselines to the rows of folds, each judged by the model of its fold.
     *
     * @throws HistoryPartEmptyException if the folds have no window
     */
    BaselineFit baselines(ModelArtifact model, List<Fold> folds) {
        BaselineFit baselines =
                new BaselineFit(engine, model.views(), model.features().size(), histories);
        for (Fold fold : folds) {
            baselines.add(fold.model(), split.between(model.scaling(), model.contextRows(), fold.from(), fold.to()));
        }
        if (baselines.isEmpty()) {
            throw new HistoryPartEmptyException("the beginning of the history has no window of " + model.contextRows()
                    + " rows for the baselines of the entities");
        }
        return baselines;
    }
}
