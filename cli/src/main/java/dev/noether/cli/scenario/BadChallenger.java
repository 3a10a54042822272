package dev.noether.cli.scenario;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** A model that must not score, and the figure of the gate that shows why. */
enum BadChallenger {
    NAN_WEIGHTS("whose file has a NaN among the weights", "weights"),
    SHUFFLED_FEATURES("trained on rows whose features have changed places", "error"),
    COLLAPSED_DECODER("whose decoder gives the same values for all rows", "error"),
    ANOTHER_DETECTOR("of another detector", "breaks"),
    MANY_ALARMS("that alarms at 20 times the budget", "alarmRate"),
    DEAF("whose thresholds are so high that it alarms on nothing", "grossBreaks"),
    MARGINALLY_WORSE("with so little noise on its weights that its error grows by some percent", "error");

    private static final double MANY = 20;
    private static final double DEAF_SCALE = 100;
    private static final double NOISE = 0.01;

    private final String description;
    private final String figure;

    BadChallenger(String description, String figure) {
        this.description = description;
        this.figure = figure;
    }

    /** What is wrong with it, after "a model". */
    String description() {
        return description;
    }

    /** The name of the figure that must show it. */
    String figure() {
        return figure;
    }

    /**
     * A model and its file.
     *
     * @param model the model
     * @param artifact the file
     */
    record Made(ModelArtifact model, byte[] artifact) {}

    /** Models that this one is made of. */
    interface Sources {
        /** A model that is as good as the model in force. */
        ModelArtifact good();

        /** A model of rows whose features have changed places. */
        ModelArtifact shuffled();

        /** A model of other entities. */
        ModelArtifact ofOthers();

        /** Alarms that the budget promises for each row. */
        double rate();
    }

    /** Makes the model. */
    Made make(Sources sources) {
        ModelArtifact good = sources.good();
        return switch (this) {
            case NAN_WEIGHTS ->
                new Made(
                        good, withNaN(ArtifactCodec.encode(good), forecast(good).weights()[0]));
            case SHUFFLED_FEATURES -> made(sources.shuffled());
            case COLLAPSED_DECODER -> made(collapsed(good));
            case ANOTHER_DETECTOR -> made(sources.ofOthers());
            case MANY_ALARMS -> made(alarmingTimes(good, MANY, sources.rate()));
            case DEAF -> made(withTailScale(good, DEAF_SCALE));
            case MARGINALLY_WORSE -> made(withNoise(good));
        };
    }

    private static Made made(ModelArtifact model) {
        return new Made(model, ArtifactCodec.encode(model));
    }

    private static Forecast forecast(ModelArtifact model) {
        Forecast forecast = model.forecast();
        if (forecast == null) {
            throw new IllegalStateException("the model has no forecast");
        }
        return forecast;
    }

    private static ModelArtifact collapsed(ModelArtifact model) {
        Autoencoder network = model.network();
        Forecast forecast = forecast(model);
        return withPredictors(
                model,
                new Autoencoder(network.shape(), new float[network.parameters().length]),
                new Forecast(forecast.rows(), new float[forecast.weights().length], new float[forecast.features()]));
    }

    private static ModelArtifact withNoise(ModelArtifact model) {
        SplittableRandom random = new SplittableRandom(1);
        Forecast forecast = forecast(model);
        float[] weights = forecast.weights();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (NOISE * random.nextGaussian());
        }
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

    /** The same model with the threshold of {@code factor} times the rate. */
    private static ModelArtifact alarmingTimes(ModelArtifact model, double factor, double rate) {
        TailCalibration known = model.calibration();
        double excess = known.threshold(rate) - known.location();
        double wanted = known.threshold(Math.min(TailCalibration.TAIL_SHARE, factor * rate)) - known.location();
        return withTailScale(model, wanted / excess);
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

    /** The bytes of a file in which each place of a weight holds a NaN. */
    private static byte[] withNaN(byte[] artifact, float weight) {
        ByteBuffer bytes = ByteBuffer.wrap(artifact).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + Float.BYTES <= artifact.length; at++) {
            if (bytes.getFloat(at) == weight) {
                bytes.putFloat(at, Float.NaN);
            }
        }
        return artifact;
    }
}
