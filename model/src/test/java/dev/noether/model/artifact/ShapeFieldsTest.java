package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.shape.CalibratedWindow;
import dev.noether.model.shape.Period;
import dev.noether.model.shape.RowReference;
import dev.noether.model.shape.ShapeGroup;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeMotions;
import dev.noether.model.shape.ShapeWindow;
import dev.noether.model.shape.SignalLevel;
import dev.noether.model.shape.SymmetryAutoencoder;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

final class ShapeFieldsTest extends RandomizedTest {
    private static final int FEATURES = 3;

    private static ModelArtifact model(RandomGenerator random) {
        List<ShapeGroup> groups = new ArrayList<>();
        for (int g = 0; g < 2; g++) {
            List<CalibratedWindow> windows = new ArrayList<>();
            for (int w = 0; w < ShapeGroup.WINDOWS; w++) {
                windows.add(window(random, w == 2));
            }
            groups.add(new ShapeGroup(
                    new Period(random.nextInt(20, 60), random.nextDouble()),
                    new SignalLevel(random.nextGaussian(), 1 + random.nextDouble()),
                    windows,
                    new RowReference(random.nextDouble(), 0.5, 3)));
        }
        TreeMap<String, ShapeModel.Member> entities = new TreeMap<>();
        for (String name : List.of("a", "b", "ü")) {
            entities.put(name, new ShapeModel.Member(random.nextInt(2), new SignalLevel(random.nextGaussian(), 2)));
        }
        return TestingArtifacts.random(FEATURES, 2, random.nextLong())
                .withShape(new ShapeModel(random.nextInt(FEATURES), groups, entities));
    }

    private static CalibratedWindow window(RandomGenerator random, boolean isWhole) {
        int width = random.nextInt(16, 30);
        ShapeMotions motions = isWhole ? ShapeMotions.TIME : ShapeMotions.VALUES_AND_TIME;
        double[][] covariance = new double[motions.size()][motions.size()];
        for (int b = 0; b < covariance.length; b++) {
            for (int c = 0; c <= b; c++) {
                covariance[b][c] = b == c ? 1 + random.nextDouble() : 0.1 * random.nextDouble();
                covariance[c][b] = covariance[b][c];
            }
        }
        SymmetryAutoencoder autoencoder = new SymmetryAutoencoder(
                new ShapeWindow(random.nextInt(1, 4), width, isWhole),
                motions,
                normals(random, 5 * width),
                covariance,
                0.1 + random.nextDouble(),
                isWhole ? normals(random, width * width) : new float[0]);
        return new CalibratedWindow(autoencoder, random.nextGaussian(), 0.5);
    }

    @Test
    void aShapeViewIsReadAsItWasWritten(RandomGenerator random) throws Exception {
        for (int round = 0; round < 10; round++) {
            ModelArtifact model = model(random);
            byte[] bytes = ArtifactCodec.encode(model);
            ModelArtifact read = ArtifactCodec.decode(bytes);
            assertThat(read).isEqualTo(model);
            assertThat(read.shape()).isEqualTo(model.shape()).isNotNull();
            assertThat(ArtifactCodec.encode(read)).isEqualTo(bytes);
            assertThat(model(random).shape()).isNotEqualTo(model.shape());
        }
    }

    private static GenericRecord view(GenericRecord record) {
        return (GenericRecord) record.get("shape");
    }

    private static GenericRecord item(GenericRecord record, String list, int index) {
        return (GenericRecord) ((List<?>) record.get(list)).get(index);
    }

    private static GenericRecord window(GenericRecord record) {
        return item(item(view(record), "groups", 1), "windows", 2);
    }

    private void refused(String message, Consumer<GenericRecord> change) {
        GenericRecord record = ArtifactRecord.of(model(random()));
        change.accept(record);
        assertThatThrownBy(() -> ShapeFields.get(record))
                .as(message)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void hostileNumbersAreRefusedInWords() {
        refused("a window must have 2 to 64 values", record -> window(record).put("factor", 0));
        refused("a window must have 2 to 64 values", record -> window(record).put("factor", 100));
        refused("a window must have 2 to 64 values", record -> window(record).put("factor", Integer.MAX_VALUE));
        refused("a window must have 2 to 64 values", record -> window(record).put("width", Integer.MAX_VALUE));
        refused("a window must have 2 to 64 values", record -> window(record).put("width", -1));
        refused("`prototypes` must be rows of", record -> window(record).put("prototypes", ByteBuffer.allocate(4)));
        refused("`prototypes` must be rows of", record -> window(record).put("prototypes", ByteBuffer.allocate(0)));
        refused("`whitening` must be empty or hold", record -> window(record).put("whitening", ByteBuffer.allocate(8)));
        refused(
                "`covariance` must hold 4 × 4 values (got 3)",
                record -> window(record).put("covariance", List.of(1.0, 2.0, 3.0)));
        refused("`noise` must be finite and above 0", record -> window(record).put("noise", 0.0));
        refused("`noise` must be finite and above 0", record -> window(record).put("noise", Double.NaN));
        refused("`spread` finite and above 0", record -> window(record).put("spread", 0.0));
        refused("`median` must be finite", record -> window(record).put("median", Double.NaN));
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(
                    "`covariance` must be finite",
                    record -> window(record).put("covariance", Collections.nCopies(16, number)));
            refused("`prototypes` must be finite", record -> {
                ByteBuffer prototypes = (ByteBuffer) window(record).get("prototypes");
                prototypes.order(ByteOrder.LITTLE_ENDIAN).putFloat(8, (float) number);
            });
            refused(
                    "`center` must be finite",
                    record -> item(view(record), "entities", 1).put("center", number));
            refused(
                    "`median` and `largest` must be finite",
                    record -> item(view(record), "groups", 0).put("rowLargest", number));
        }
        refused(
                "`scale` finite and above 0",
                record -> item(view(record), "groups", 0).put("scale", 0.0));
        refused(
                "must be in [0, 2) (got 2)",
                record -> item(view(record), "entities", 1).put("group", 2));
        refused(
                "must be in [0, 2) (got -1)",
                record -> item(view(record), "entities", 1).put("group", -1));
        refused(
                "a shape view must have a feature and a group",
                record -> view(record).put("groups", List.of()));
        refused(
                "a shape view must have a feature and a group",
                record -> view(record).put("feature", -1));
        refused(
                "a group must have a period and 3 windows",
                record -> item(view(record), "groups", 0).put("windows", List.of()));
        refused(
                "a group must have a period and 3 windows",
                record -> item(view(record), "groups", 0).put("periodRows", 0));
        refused(
                "`prominence` in [0, 2.5]",
                record -> item(view(record), "groups", 0).put("prominence", 7.0));
        ModelArtifact model = model(random());
        ShapeModel far = new ShapeModel(FEATURES, requireNonNull(model.shape()).groups(), new TreeMap<>());
        assertThatThrownBy(() -> model.withShape(far))
                .hasMessage("the shape view must judge one of the 3 features (got 3)");
    }
}
