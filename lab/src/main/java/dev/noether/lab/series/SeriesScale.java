package dev.noether.lab.series;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.series.SeriesSet;

/**
 * The scaling of series for training: {@code (x − mean) / scale}, with the mean of each column and one scale for all
 * columns, so that a series keeps its form. {@link #unscaled} moves the scaling into the parameters of a network, so
 * that it reads unscaled series. Immutable.
 */
final class SeriesScale {
    private final double[] mean;
    private final double scale;

    private SeriesScale(double[] mean, double scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** Fits the scaling. The scale is the root mean square of the deviations from the means; 1 if they are all 0. */
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

    /** Writes a scaled row into {@code target[offset .. offset + length)}. */
    void copy(double[] row, float[] target, int offset) {
        for (int column = 0; column < mean.length; column++) {
            target[offset + column] = (float) ((row[column] - mean[column]) / scale);
        }
    }

    /** Returns all rows, scaled, {@code [count, length]}. */
    float[] scaled(SeriesSet series) {
        float[] scaled = new float[series.count() * series.length()];
        double[] row = new double[series.length()];
        for (int index = 0; index < series.count(); index++) {
            series.copyRow(index, row);
            copy(row, scaled, index * row.length);
        }
        return scaled;
    }

    /** Converts a mean square of scaled values to the unit of the series. */
    double unscaledSquare(double square) {
        return square * scale * scale;
    }

    /**
     * Returns the network whose output for unscaled series corresponds to the output of a residual network for scaled
     * series.
     */
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
