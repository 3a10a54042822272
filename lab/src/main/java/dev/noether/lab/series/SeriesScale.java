package dev.noether.lab.series;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.series.SeriesSet;

/**
 * The unit that training works in: {@code (x − mean) / scale}, the mean of each column, one scale for all, so that a
 * series keeps its form. {@link #unscaled} takes it into a network's parameters, which then reads series as they are.
 * Immutable.
 */
final class SeriesScale {
    private final double[] mean;
    private final double scale;

    private SeriesScale(double[] mean, double scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** The scale is the root mean square of the values about the means; 1 where they do not vary. */
    static SeriesScale of(SeriesSet series) {
        double[] mean = new double[series.length()];
        double[] row = new double[series.length()];
        for (int index = 0; index < series.count(); index++) {
            series.copyRow(index, row);
            for (int column = 0; column < row.length; column++) {
                mean[column] += row[column] / series.count();
            }
        }
        double squares = 0;
        for (int index = 0; index < series.count(); index++) {
            series.copyRow(index, row);
            for (int column = 0; column < row.length; column++) {
                squares += (row[column] - mean[column]) * (row[column] - mean[column]);
            }
        }
        double scale = Math.sqrt(squares / series.count() / row.length);
        return new SeriesScale(mean, scale > Float.MIN_NORMAL ? scale : 1);
    }

    /** Writes a row in the unit of the training into {@code target[offset .. offset + length)}. */
    void copy(double[] row, float[] target, int offset) {
        for (int column = 0; column < mean.length; column++) {
            target[offset + column] = (float) ((row[column] - mean[column]) / scale);
        }
    }

    /** All rows in the unit of the training, {@code [count, length]}. */
    float[] scaled(SeriesSet series) {
        float[] scaled = new float[series.count() * series.length()];
        double[] row = new double[series.length()];
        for (int index = 0; index < series.count(); index++) {
            series.copyRow(index, row);
            copy(row, scaled, index * row.length);
        }
        return scaled;
    }

    /** What a mean square in the unit of the training is in the unit of the series. */
    double unscaledSquare(double square) {
        return square * scale * scale;
    }

    /** The network that does to series what the given residual one does to scaled series. */
    Autoencoder unscaled(Autoencoder network) {
        AutoencoderShape shape = network.shape();
        float[] parameters = network.parameters();
        int width = shape.layerWidth(0);
        int biases = shape.biasOffset(0);
        double[] shift = new double[width];
        for (int column = 0; column < mean.length; column++) {
            for (int unit = 0; unit < width; unit++) {
                int weight = column * width + unit;
                parameters[weight] = (float) (parameters[weight] / scale);
                shift[unit] += mean[column] * parameters[weight];
            }
        }
        for (int unit = 0; unit < width; unit++) {
            parameters[biases + unit] = (float) (parameters[biases + unit] - shift[unit]);
        }
        return new Autoencoder(shape, parameters, unscaled(network.base().orElseThrow()));
    }

    private LinearBase unscaled(LinearBase base) {
        float[] unscaledMean = base.mean();
        for (int column = 0; column < unscaledMean.length; column++) {
            unscaledMean[column] = (float) (mean[column] + scale * unscaledMean[column]);
        }
        float[] scales = base.scales();
        for (int unit = 0; unit < scales.length; unit++) {
            scales[unit] = (float) (scale * scales[unit]);
        }
        return new LinearBase(unscaledMean, base.components(), scales, (float) (scale * base.residualScale()));
    }
}
