package dev.noether.lab.peers;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainingOptions;
import java.util.List;

/**
 * A common autoencoder, without the additions of this project: it reads one row, has layers of 64-10-64 units, and is
 * trained on standardised rows with early stopping on the last 15 % of them. The score is the mean square error.
 */
final class PlainAutoencoder implements PeerDetector {
    private static final int HIDDEN = 64;
    private static final int CODE = 10;
    private static final int BATCH = 256;
    private static final int EPOCHS = 60;
    private static final int PATIENCE = 8;
    private static final int CHUNK = 1024;
    private static final double VALIDATION_SHARE = 0.15;

    @Override
    public float[] score(Observations train, Observations test) {
        int width = train.width();
        if (train.length() < 2 || test.width() != width) {
            throw new IllegalArgumentException("`train` must hold at least two rows as wide as those of `test` (got "
                    + train.length() + " of " + width + ", and " + test.width() + ")");
        }
        float[] trainRows = copy(train);
        Scaling scaling = Scaling.fit(ScalingKind.STANDARD, trainRows, train.length(), width);
        float[] scaled = apply(scaling, trainRows, width);
        int validation = Math.max(1, (int) (VALIDATION_SHARE * train.length()));
        int trained = train.length() - validation;
        float[] validationRows = new float[validation * width];
        System.arraycopy(scaled, trained * width, validationRows, 0, validationRows.length);
        AutoencoderShape shape = new AutoencoderShape(width, List.of(HIDDEN), Math.min(CODE, width), List.of(HIDDEN));
        try (Engine engine = EngineChoice.AUTO.open()) {
            TrainingOptions options = TrainingOptions.defaults()
                    .withBatchSize(BATCH)
                    .withEpochs(EPOCHS)
                    .withPatience(PATIENCE);
            Autoencoder network = new AutoencoderTrainer(engine, options)
                    .train(
                            shape,
                            scaled,
                            trained,
                            validationRows,
                            validation,
                            (completed, of, trainError, validationError) -> {})
                    .autoencoder();
            return errors(engine, network, apply(scaling, copy(test), width), width);
        }
    }

    private static float[] errors(Engine engine, Autoencoder network, float[] rows, int width) {
        float[] errors = new float[rows.length / width];
        float[] input = new float[CHUNK * width];
        float[] output = new float[CHUNK * width];
        try (Reconstruction reconstruction = engine.reconstruction(network, CHUNK)) {
            for (int start = 0; start < errors.length; start += CHUNK) {
                int count = Math.min(CHUNK, errors.length - start);
                System.arraycopy(rows, start * width, input, 0, count * width);
                reconstruction.run(input, count, output);
                for (int i = 0; i < count; i++) {
                    double sum = 0;
                    for (int j = i * width; j < (i + 1) * width; j++) {
                        double difference = input[j] - output[j];
                        sum += difference * difference;
                    }
                    errors[start + i] = (float) (sum / width);
                }
            }
        }
        return errors;
    }

    private static float[] copy(Observations observations) {
        int width = observations.width();
        float[] values = new float[observations.length() * width];
        for (int i = 0; i < observations.length(); i++) {
            for (int j = 0; j < width; j++) {
                values[i * width + j] = observations.value(i, j);
            }
        }
        return values;
    }

    private static float[] apply(Scaling scaling, float[] rows, int width) {
        float[] scaled = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scaled[i] = scaling.toModel(i % width, rows[i]);
        }
        return scaled;
    }
}
