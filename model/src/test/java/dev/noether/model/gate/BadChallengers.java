package dev.noether.model.gate;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** Models that must not score. */
final class BadChallengers {
    private BadChallengers() {}

    /** The same model with another calibration: its threshold is that of {@code factor} times the rate. */
    static ModelArtifact alarmingTimes(ModelArtifact model, double factor, double rate) {
        TailCalibration known = model.calibration();
        double excess = known.threshold(rate) - known.location();
        double wanted = known.threshold(Math.min(TailCalibration.TAIL_SHARE, factor * rate)) - known.location();
        return withTailScale(model, wanted / excess);
    }

    /** A model whose thresholds are so high that it finds nothing. */
    static ModelArtifact deaf(ModelArtifact model) {
        return withTailScale(model, 100);
    }

    private static ModelArtifact withTailScale(ModelArtifact model, double factor) {
        TailCalibration known = model.calibration();
        return model.with(
                model.rule(),
                new TailCalibration(
                        known.size(),
                        known.effectiveSize(),
                        known.distinct(),
                        known.location(),
                        known.scale() * factor,
                        known.shape(),
                        known.body()));
    }

    /** A model whose decoder gives the same values for all rows, and whose forecast too. */
    static ModelArtifact collapsed(ModelArtifact model) {
        Autoencoder network = model.network();
        Forecast forecast = model.forecast();
        return withPredictors(
                model,
                new Autoencoder(network.shape(), new float[network.parameters().length]),
                forecast == null
                        ? null
                        : new Forecast(
                                forecast.rows(), new float[forecast.weights().length], new float[forecast.features()]));
    }

    /** A model whose forecast has noise on its weights. */
    static ModelArtifact withNoise(ModelArtifact model, double deviation) {
        SplittableRandom random = new SplittableRandom(1);
        Forecast forecast = model.forecast();
        float[] weights = forecast.weights();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (deviation * random.nextGaussian());
        }
        return withPredictors(model, model.network(), new Forecast(forecast.rows(), weights, forecast.biases()));
    }

    /** A model with a weight so large that its products have no digits left. */
    static ModelArtifact unbounded(ModelArtifact model) {
        Forecast forecast = model.forecast();
        float[] weights = forecast.weights();
        weights[0] = 1e30f;
        return withPredictors(model, model.network(), new Forecast(forecast.rows(), weights, forecast.biases()));
    }

    private static ModelArtifact withPredictors(ModelArtifact model, Autoencoder network, Forecast forecast) {
        return new ModelArtifact(
                model.features(),
                model.scaling(),
                new Predictors(model.windowRows(), network, forecast),
                model.rule(),
                model.baselines(),
                model.alarms(),
                model.shape(),
                model.provenance());
    }

    /** The bytes of a model in which each place of a weight holds a NaN. */
    static byte[] withNaN(byte[] artifact, float weight) {
        byte[] broken = artifact.clone();
        ByteBuffer bytes = ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN);
        int replaced = 0;
        for (int at = 0; at + 4 <= broken.length; at++) {
            if (bytes.getFloat(at) == weight) {
                bytes.putFloat(at, Float.NaN);
                replaced++;
            }
        }
        if (replaced == 0) {
            throw new IllegalArgumentException("the bytes do not hold " + weight);
        }
        return broken;
    }

    /** Histories whose features have changed places. */
    static List<EntityHistory> shuffled(List<EntityHistory> histories, int features) {
        return histories.stream()
                .map(history -> {
                    Run run = history.runs().get(0);
                    double[] rows = new double[run.rows().length];
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = run.rows()[i - i % features + (i + 1) % features];
                    }
                    return EntityHistory.of(history.entity(), run.times(), rows);
                })
                .toList();
    }
}
