package dev.noether.model.training;

import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.engine.Engine;
import dev.noether.model.numeric.PositiveDefinite;
import java.util.Arrays;

/**
 * Fits a linear forecast of a row from the rows before it, by ridge regression with a penalty of {@value #RIDGE} for
 * each window, in the square of the model's unit.
 *
 * <p>The engine multiplies blocks in single precision; their sums are in double precision. Time and memory grow with
 * the square of rows × features, the solution with its cube: 190 inputs take milliseconds, 2,500 about ten seconds.
 */
final class ForecastFit {
    private static final double RIDGE = 0.1;
    private static final int BLOCK = 256;

    private final Engine engine;
    private final int rows;
    private final int features;
    private final int inputs;
    private final double[] mean;
    private final double[] squares;
    private final double[] products;

    private ForecastFit(Engine engine, int rows, int features) {
        this.engine = engine;
        this.rows = rows;
        this.features = features;
        this.inputs = rows * features;
        this.mean = new double[inputs + features];
        this.squares = new double[Math.multiplyExact(inputs, inputs)];
        this.products = new double[inputs * features];
    }

    /**
     * Fits.
     *
     * @param rows number of rows that the forecast reads
     * @param features values in a row
     * @param windows windows of {@code rows + 1} rows, at least one
     */
    static Forecast fit(Engine engine, int rows, int features, WindowSet windows) {
        ForecastFit fit = new ForecastFit(engine, rows, features);
        fit.average(windows);
        fit.sum(windows);
        return fit.solve(windows.count());
    }

    private void average(WindowSet windows) {
        int width = mean.length;
        for (int i = 0; i < windows.count(); i++) {
            for (int j = 0; j < width; j++) {
                mean[j] += windows.windows()[i * width + j];
            }
        }
        for (int j = 0; j < width; j++) {
            mean[j] /= windows.count();
        }
    }

    /** Sums the products of the centred values. */
    private void sum(WindowSet windows) {
        int width = mean.length;
        float[] before = new float[BLOCK * inputs];
        float[] newest = new float[BLOCK * features];
        float[] square = new float[squares.length];
        float[] product = new float[products.length];
        for (int start = 0; start < windows.count(); start += BLOCK) {
            int count = Math.min(BLOCK, windows.count() - start);
            for (int i = 0; i < count; i++) {
                int at = (start + i) * width;
                for (int j = 0; j < inputs; j++) {
                    before[i * inputs + j] = (float) (windows.windows()[at + j] - mean[j]);
                }
                for (int j = 0; j < features; j++) {
                    newest[i * features + j] = (float) (windows.windows()[at + inputs + j] - mean[inputs + j]);
                }
            }
            engine.multiply(true, false, inputs, inputs, count, 1, before, before, 0, square);
            engine.multiply(true, false, inputs, features, count, 1, before, newest, 0, product);
            addTo(squares, square);
            addTo(products, product);
        }
    }

    private Forecast solve(int count) {
        for (int j = 0; j < inputs; j++) {
            squares[j * inputs + j] += RIDGE * count;
        }
        double[] solution = PositiveDefinite.solve(squares, inputs, products, features);
        float[] weights = new float[solution.length];
        double[] biases = Arrays.copyOfRange(mean, inputs, inputs + features);
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < features; j++) {
                weights[i * features + j] = (float) solution[i * features + j];
                biases[j] -= mean[i] * solution[i * features + j];
            }
        }
        float[] rounded = new float[features];
        for (int j = 0; j < features; j++) {
            rounded[j] = (float) biases[j];
        }
        return new Forecast(rows, weights, rounded);
    }

    private static void addTo(double[] sums, float[] summands) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += summands[i];
        }
    }
}
