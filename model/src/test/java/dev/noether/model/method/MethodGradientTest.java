package dev.noether.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.DoubleNetwork;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.TextbookPenalty;
import dev.noether.model.symmetry.TrainableGenerators;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Compares the gradients of the penalties, with respect to the network and to the generators, with central differences
 * of an independent loss in double precision, for random shapes.
 */
final class MethodGradientTest extends RandomizedTest {
    /** Least distance of every unit from its kink, so that neither rounding nor a difference step crosses the kink. */
    private static final double KINK_MARGIN = 1e-4;

    /** As above, for a point of a neighbouring region, which is at most a thousandth of the radius from a kink. */
    private static final double NEIGHBOUR_KINK_MARGIN = 3e-5;

    private final Engine engine = new ReferenceEngine();

    @Test
    void gradientOfTheFirstOrder() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 16; ) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            PenaltyOptions options = randomOptions(random, trial);
            LieFirstOrder.Step step = new LieFirstOrder(options).new Step(engine, network, random);
            int latentSize = shape.codeSize();
            float[] latentPairs = normals(random, 2 * options.samples() * latentSize);
            DoubleNetwork twin = new DoubleNetwork(network);
            double[] parameters = doubles(network.parameters());
            double[] pairs = atEach(latentPairs, latentSize, code -> twin.decode(parameters, code));
            if (twin.smallestPreactivation() < KINK_MARGIN || nearlyEqual(pairs)) {
                continue;
            }
            TrainableGenerators generators = step.training().trainable();
            TextbookPenalty textbook = textbook(options, shape, options.samples(), 1);
            double[] start = concatenated(parameters, concatenated(generators.parameters()));
            double[] ridges = textbook.ridges(tail(start, parameters.length), pairs, options.ridge());
            if (textbook.isSteep(tail(start, parameters.length), pairs, ridges)) {
                continue;
            }
            trial++;

            LayerArrays gradient = new LayerArrays(shape);
            double value = gradientOfTheFirstOrder(step, network, random.nextInt(1, 4), latentPairs, gradient, false);
            double expectedValue = textbook.value(tail(start, parameters.length), pairs, ridges);
            assertThat(value).isCloseTo(expectedValue, within(1e-6 * expectedValue));
            ToDoubleBiFunction<double[], double[]> loss =
                    (own, at) -> options.evaluationWeight() * textbook.value(own, at, ridges);
            UnaryOperator<double[]> pairsAt =
                    point -> atEach(latentPairs, latentSize, code -> twin.decode(point, code));
            assertGradient(network + " first order, " + options, gradient, generators, start, loss, pairsAt);
        }
    }

    @Test
    void gradientOfTheSecondOrder() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 16; ) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            PenaltyOptions options = randomOptions(random, trial);
            LieSecondOrder.Step step = new LieSecondOrder(options).new Step(engine, network, random);
            int latentSize = shape.codeSize();
            float[] latentPairs = normals(random, 2 * options.samples() * latentSize);
            LayerArrays gradient = new LayerArrays(shape);
            double value = step.differentiate(new LayerArrays(network), latentPairs, gradient);
            if (step.foundPairs() == 0) {
                assertThat(value).isZero();
                continue;
            }
            float[] neighbours = Arrays.copyOf(step.neighbours(), 2 * step.foundPairs() * latentSize);
            DoubleNetwork twin = new DoubleNetwork(network);
            double[] parameters = doubles(network.parameters());
            double[] pairs = atEach(neighbours, latentSize, code -> twin.decoderJacobian(parameters, code));
            if (twin.smallestPreactivation() < NEIGHBOUR_KINK_MARGIN || nearlyEqual(pairs)) {
                continue;
            }
            TrainableGenerators generators = step.training().trainable();
            TextbookPenalty textbook = textbook(options, shape, step.foundPairs(), latentSize);
            double[] start = concatenated(parameters, concatenated(generators.parameters()));
            double[] ridges = textbook.ridges(tail(start, parameters.length), pairs, options.ridge());
            if (textbook.isSteep(tail(start, parameters.length), pairs, ridges)) {
                continue;
            }
            trial++;
            double expectedValue = textbook.value(tail(start, parameters.length), pairs, ridges);
            assertThat(value).isCloseTo(expectedValue, within(1e-6 * expectedValue));
            ToDoubleBiFunction<double[], double[]> loss =
                    (own, at) -> options.evaluationWeight() * textbook.value(own, at, ridges);
            UnaryOperator<double[]> pairsAt =
                    point -> atEach(neighbours, latentSize, code -> twin.decoderJacobian(point, code));
            assertGradient(network + " second order, " + options, gradient, generators, start, loss, pairsAt);
        }
    }

    @Test
    void gradientOfTheContractivePenalty() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 16; ) {
            Autoencoder network = RandomNetworks.small(random);
            AutoencoderShape shape = network.shape();
            int width = shape.inputWidth();
            int rows = random.nextInt(1, 5);
            Contractive options =
                    new Contractive(random.nextDouble(0, 2), random.nextDouble(0, 2), 1, random.nextInt(1, 4));
            float[] points = normals(random, (1 + options.neighbours()) * rows * width);
            DoubleNetwork twin = new DoubleNetwork(network);
            double expectedValue = contractiveLoss(options, twin, doubles(network.parameters()), points, rows, width);
            if (twin.smallestPreactivation() < KINK_MARGIN) {
                continue;
            }
            trial++;

            LayerArrays gradient = new LayerArrays(shape);
            double value = options.new Step(engine, network, rows)
                    .differentiate(new LayerArrays(network), points, rows, gradient);

            assertThat(value).isCloseTo(expectedValue, within(1e-6 * expectedValue));
            double[] expected = NumericalGradient.of(
                    point -> contractiveLoss(options, twin, point, points, rows, width), doubles(network.parameters()));
            NumericalGradient.assertClose(
                    network + " gradientOfTheContractivePenalty, " + options,
                    NumericalGradient.flat(gradient, shape),
                    expected);
        }
    }

    @Test
    void penaltiesAddToTheExistingGradient() {
        RandomGenerator random = random();
        Autoencoder network = RandomNetworks.small(random);
        AutoencoderShape shape = network.shape();
        LayerArrays parameters = new LayerArrays(network);
        float[] latentPairs = normals(random, 2 * 8 * shape.codeSize());
        float[] points = normals(random, 2 * 4 * shape.inputWidth());
        LieFirstOrder.Step first =
                new LieFirstOrder(PenaltyOptions.weighted(1).withSamples(8)).new Step(engine, network, random);
        LieSecondOrder.Step second = LieSecondOrder.weighted(1).new Step(engine, network, random);
        Contractive.Step gradientOfTheContractivePenalty = Contractive.weighted(1).new Step(engine, network, 4);
        LayerArrays alone = new LayerArrays(shape);
        LayerArrays added = new LayerArrays(shape);
        fill(added, 3);
        for (LayerArrays gradient : new LayerArrays[] {alone, added}) {
            gradientOfTheFirstOrder(first, network, 3, latentPairs, gradient, true);
            second.differentiate(parameters, latentPairs, gradient);
            gradientOfTheContractivePenalty.differentiate(parameters, points, 4, gradient);
        }
        double[] expected = NumericalGradient.flat(alone, shape);
        for (int index = 0; index < expected.length; index++) {
            expected[index] += 3;
        }
        assertThat(NumericalGradient.flat(added, shape)).containsExactly(expected, within(1e-4));
    }

    /**
     * The gradient of the penalty alone. As in a training, the pairs pass the decoder after the rows of a batch; here
     * the gradient of the batch is 0.
     */
    private double gradientOfTheFirstOrder(
            LieFirstOrder.Step step,
            Autoencoder network,
            int rows,
            float[] latentPairs,
            LayerArrays gradient,
            boolean add) {
        AutoencoderShape shape = network.shape();
        LayerArrays parameters = new LayerArrays(network);
        Backpropagation passes =
                new Backpropagation(engine, shape, network.base().orElse(null), 0, rows, step.mostLatentRows());
        float[] batch = normals(random(), rows * shape.inputWidth());
        float[] codes = passes.forward(parameters, batch, rows, shape.codeLayer());
        System.arraycopy(latentPairs, 0, codes, rows * shape.codeSize(), latentPairs.length);
        float[] output = passes.decode(parameters, rows + step.mostLatentRows());
        Arrays.fill(passes.outputGradient(), 0, rows * shape.inputWidth(), 0);
        double value = step.differentiateAtLatentPoints(output, rows, passes.outputGradient());
        passes.backward(parameters, rows, step.mostLatentRows(), gradient, add);
        return value;
    }

    private static void fill(LayerArrays arrays, float value) {
        for (int layer = 0; layer < arrays.layers(); layer++) {
            Arrays.fill(arrays.weights(layer), value);
            Arrays.fill(arrays.biases(layer), value);
        }
    }

    private static PenaltyOptions randomOptions(RandomGenerator random, int trial) {
        GeneratorStructure[] structures = GeneratorStructure.values();
        return new PenaltyOptions(
                random.nextDouble(0.1, 10),
                structures[trial % structures.length],
                random.nextInt(1, 3),
                0.3,
                Math.pow(10, random.nextDouble(-1.5, 0)),
                random.nextInt(1, 6),
                random.nextInt(1, 4));
    }

    private static TextbookPenalty textbook(PenaltyOptions options, AutoencoderShape shape, int samples, int rows) {
        return new TextbookPenalty(
                options.structure(), shape.inputWidth(), shape.codeSize(), options.rank(), samples, rows);
    }

    /**
     * Checks the gradient of a loss of generators and pairs by the chain rule, as the sum of a part through D and a
     * part through P. The parts nearly cancel if the ends of a pair are near. Their rounding errors do not, so that the
     * error is measured relative to the parts.
     */
    private static void assertGradient(
            String name,
            LayerArrays gradient,
            TrainableGenerators generators,
            double[] start,
            ToDoubleBiFunction<double[], double[]> loss,
            UnaryOperator<double[]> pairsAt) {
        AutoencoderShape shape = gradient.toAutoencoder().shape();
        int layers = shape.parameterCount();
        double[] fixed = pairsAt.apply(start);
        int half = fixed.length / 2;
        double[] throughPoints = NumericalGradient.of(
                point -> loss.applyAsDouble(tail(point, layers), joined(pairsAt.apply(point), fixed, half)), start);
        double[] throughNeighbours = NumericalGradient.of(
                point -> loss.applyAsDouble(tail(start, layers), joined(fixed, pairsAt.apply(point), half)), start);
        double[] actual = concatenated(NumericalGradient.flat(gradient, shape), concatenated(generators.gradients()));
        NumericalGradient.assertClose(name, actual, throughPoints, throughNeighbours);
    }

    private static double[] joined(double[] first, double[] second, int half) {
        return concatenated(Arrays.copyOf(first, half), tail(second, half));
    }

    private static double contractiveLoss(
            Contractive options, DoubleNetwork network, double[] parameters, float[] points, int rows, int width) {
        double[] jacobians = atEach(points, width, row -> network.encoderJacobian(parameters, row));
        int count = jacobians.length / (1 + options.neighbours());
        double loss = 0;
        for (int index = 0; index < jacobians.length; index++) {
            loss += index < count
                    ? options.weight() * Math.pow(jacobians[index], 2)
                    : options.differenceWeight()
                            / options.neighbours()
                            * Math.pow(jacobians[index % count] - jacobians[index], 2);
        }
        return loss / rows;
    }

    /** The values of a map at the rows of a matrix, one after another. */
    private static double[] atEach(float[] matrix, int width, UnaryOperator<double[]> map) {
        double[][] parts = new double[matrix.length / width][];
        for (int row = 0; row < parts.length; row++) {
            parts[row] = map.apply(doubles(Arrays.copyOfRange(matrix, row * width, (row + 1) * width)));
        }
        return concatenated(parts);
    }

    private static double[] tail(double[] values, int from) {
        return Arrays.copyOfRange(values, from, values.length);
    }

    /**
     * Whether D and P differ so little, because most units are inactive, that the rounding of their difference matters.
     */
    private static boolean nearlyEqual(double[] pairs) {
        double differences = 0;
        double sizes = 0;
        for (int index = 0; index < pairs.length / 2; index++) {
            differences += Math.pow(pairs[index] - pairs[pairs.length / 2 + index], 2);
            sizes += Math.pow(pairs[index], 2);
        }
        return !(differences > 0.1 * sizes);
    }
}
