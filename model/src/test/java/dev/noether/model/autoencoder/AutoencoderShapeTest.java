package dev.noether.model.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AutoencoderShapeTest {

    @Test
    void storesLayersOneAfterAnother() {
        AutoencoderShape shape = new AutoencoderShape(38, List.of(64), 10, List.of(64));
        assertThat(shape).hasToString("38-64-10-64-38");
        assertThat(shape.layerCount()).isEqualTo(4);
        assertThat(shape.codeLayer()).isEqualTo(1);
        assertThat(shape.weightOffset(0)).isZero();
        assertThat(shape.biasOffset(0)).isEqualTo(38 * 64);
        assertThat(shape.weightOffset(1)).isEqualTo(38 * 64 + 64);
        assertThat(shape.weightOffset(3)).isEqualTo(39 * 64 + 65 * 10 + 11 * 64);
        assertThat(shape.parameterCount()).isEqualTo(39 * 64 + 65 * 10 + 11 * 64 + 65 * 38);
    }

    @Test
    void theCodeAndTheOutputAreLinearByDefault() {
        AutoencoderShape shape = AutoencoderShape.derive(38, 10);
        assertThat(shape.layerCount()).isEqualTo(7);
        for (int layer = 0; layer < 7; layer++) {
            boolean linear = layer == 2 || layer == 6;
            assertThat(shape.activation(layer)).isEqualTo(linear ? Activation.LINEAR : Activation.RELU);
        }
        AutoencoderShape rectified = shape.withCodeActivation(Activation.RELU);
        assertThat(rectified.activation(2)).isEqualTo(Activation.RELU);
        assertThat(rectified).hasToString("38-40-24-10-24-40-64-38 (ReLU code)");
    }

    @Test
    void derivesWidthsInGeometricProgression() {
        assertThat(AutoencoderShape.derive(38, 10)).hasToString("38-40-24-10-24-40-64-38");
        assertThat(AutoencoderShape.derive(512, 8)).hasToString("512-128-32-8-32-128-512-512");
        assertThat(AutoencoderShape.derive(1, 1)).hasToString("1-16-8-1-8-16-64-1");
    }

    @Test
    void allowsANetworkWithoutHiddenLayers() {
        AutoencoderShape shape = new AutoencoderShape(5, List.of(), 2, List.of());
        assertThat(shape).hasToString("5-2-5");
        assertThat(shape.parameterCount()).isEqualTo(12 + 15);
    }

    @Test
    void refusesInvalidArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutoencoderShape(0, List.of(), 1, List.of()))
                .withMessage("`inputWidth` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutoencoderShape(4, List.of(8, -1), 1, List.of()))
                .withMessage("`encoderWidths` must be at least 1 (got -1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutoencoderShape(4, List.of(), 1, List.of(0)))
                .withMessage("`decoderWidths` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AutoencoderShape.derive(4, 5))
                .withMessage("`codeSize` must be in [1, `inputWidth` = 4] (got 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutoencoderShape(60_000, List.of(60_000), 1, List.of()))
                .withMessageStartingWith("a network must have fewer than 2^31 - 8 parameters (got 36");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> AutoencoderShape.derive(4, 2).layerWidth(7))
                .withMessage("no layer 7; this network has layers 0 to 6");
    }

    @Test
    void theLayersPartitionTheParameters() {
        RandomGenerator random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int width = random.nextInt(1, 30);
            List<Integer> encoder =
                    random.ints(random.nextInt(4), 1, 40).boxed().toList();
            List<Integer> decoder =
                    random.ints(random.nextInt(4), 1, 40).boxed().toList();
            AutoencoderShape shape =
                    new AutoencoderShape(width, encoder, random.nextInt(1, width + 1), decoder, Activation.RELU);
            int offset = 0;
            int before = width;
            for (int layer = 0; layer < shape.layerCount(); layer++) {
                assertThat(shape.layerInputWidth(layer)).isEqualTo(before);
                assertThat(shape.weightOffset(layer)).isEqualTo(offset);
                assertThat(shape.biasOffset(layer)).isEqualTo(offset + before * shape.layerWidth(layer));
                offset = shape.endOffset(layer);
                assertThat(offset).isEqualTo(shape.biasOffset(layer) + shape.layerWidth(layer));
                before = shape.layerWidth(layer);
            }
            assertThat(before).isEqualTo(width);
            assertThat(shape.parameterCount()).isEqualTo(offset);
            assertThat(shape.layerWidth(shape.codeLayer())).isEqualTo(shape.codeSize());
            assertThat(shape.activation(shape.layerCount() - 1)).isEqualTo(Activation.LINEAR);
        }
    }

    @Test
    void aDerivedNetworkNarrowsToTheCodeAndWidensAgain() {
        for (int width : new int[] {1, 3, 38, 64, 65, 200, 1000}) {
            for (int code = 1; code <= width; code = 2 * code + 1) {
                AutoencoderShape shape = AutoencoderShape.derive(width, code);
                List<Integer> encoder = shape.encoderWidths();
                List<Integer> decoder = shape.decoderWidths();
                assertThat(encoder).hasSize(2).allMatch(units -> units % 8 == 0);
                assertThat(decoder).hasSize(3).allMatch(units -> units % 8 == 0);
                assertThat(encoder.get(0)).isGreaterThanOrEqualTo(encoder.get(1));
                assertThat(decoder).isSorted();
                assertThat(decoder.get(2)).isGreaterThanOrEqualTo(Math.max(64, width));
                assertThat(decoder.subList(0, 2)).containsExactly(encoder.get(1), encoder.get(0));
            }
        }
    }

    @Test
    void laterChangesOfTheListsDoNotCount() {
        List<Integer> widths = new ArrayList<>(List.of(8));
        AutoencoderShape shape = new AutoencoderShape(6, widths, 2, widths);
        widths.set(0, -1);
        assertThat(shape).hasToString("6-8-2-8-6");
    }

    @Test
    void refusesLayersThatItDoesNotHave() {
        AutoencoderShape shape = new AutoencoderShape(6, List.of(8), 2, List.of());
        for (int layer : new int[] {-1, 3}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> shape.activation(layer))
                    .withMessage("no layer " + layer + "; this network has layers 0 to 2");
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> shape.weightOffset(layer));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> shape.endOffset(layer));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutoencoderShape(6, List.of(), 0, List.of()))
                .withMessage("`codeSize` must be in [1, `inputWidth` = 6] (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AutoencoderShape.derive(6, 0))
                .withMessage("`codeSize` must be at least 1 (got 0)");
    }
}
