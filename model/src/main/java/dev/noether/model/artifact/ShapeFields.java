package dev.noether.model.artifact;

import dev.noether.model.shape.CalibratedWindow;
import dev.noether.model.shape.Period;
import dev.noether.model.shape.RowReference;
import dev.noether.model.shape.ShapeGroup;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeModel.Member;
import dev.noether.model.shape.ShapeMotions;
import dev.noether.model.shape.ShapeWindow;
import dev.noether.model.shape.SignalLevel;
import dev.noether.model.shape.SymmetryAutoencoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Writes and reads the shape view in the record of an artifact. */
final class ShapeFields {
    private static final String SHAPE = "shape";

    private ShapeFields() {}

    static void put(GenericRecord record, @Nullable ShapeModel shape) {
        if (shape == null) {
            record.put(SHAPE, null);
            return;
        }
        Schema schema = record.getSchema().getField(SHAPE).schema().getTypes().get(1);
        GenericRecord view = new GenericData.Record(schema);
        view.put("feature", shape.feature());
        view.put("memory", shape.memory());
        view.put(
                "groups",
                shape.groups().stream()
                        .map(group -> group(elements(schema, "groups"), group))
                        .toList());
        view.put(
                "entities",
                shape.entities().entrySet().stream()
                        .map(entry -> member(elements(schema, "entities"), entry.getKey(), entry.getValue()))
                        .toList());
        record.put(SHAPE, view);
    }

    private static Schema elements(Schema record, String field) {
        return record.getField(field).schema().getElementType();
    }

    private static GenericRecord group(Schema schema, ShapeGroup group) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("periodRows", group.period().rows());
        record.put("prominence", group.period().prominence());
        record.put("center", group.common().center());
        record.put("scale", group.common().scale());
        record.put(
                "windows",
                group.windows().stream()
                        .map(window -> window(elements(schema, "windows"), window))
                        .toList());
        record.put("rowMedian", group.rows().median());
        record.put("rowSpread", group.rows().spread());
        record.put("rowLargest", group.rows().largest());
        return record;
    }

    private static GenericRecord window(Schema schema, CalibratedWindow calibrated) {
        SymmetryAutoencoder autoencoder = calibrated.autoencoder();
        GenericRecord record = new GenericData.Record(schema);
        record.put("factor", autoencoder.window().factor());
        record.put("width", autoencoder.window().width());
        record.put("standardised", autoencoder.window().isStandardised());
        record.put(
                "motions",
                new GenericData.EnumSymbol(
                        schema.getField("motions").schema(),
                        autoencoder.motions().name()));
        FloatBytes.put(record, "prototypes", autoencoder.prototypes());
        List<Double> covariance = new ArrayList<>();
        for (double[] row : autoencoder.covariance()) {
            for (double value : row) {
                covariance.add(value);
            }
        }
        record.put("covariance", covariance);
        record.put("noise", autoencoder.noise());
        FloatBytes.put(record, "whitening", autoencoder.whitening());
        record.put("median", calibrated.median());
        record.put("spread", calibrated.spread());
        return record;
    }

    private static GenericRecord member(Schema schema, String entity, Member member) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("entity", entity);
        record.put("group", member.group());
        record.put("center", member.level().center());
        record.put("scale", member.level().scale());
        return record;
    }

    static @Nullable ShapeModel get(GenericRecord record) {
        if (!(record.get(SHAPE) instanceof GenericRecord view)) {
            return null;
        }
        List<ShapeGroup> groups = new ArrayList<>();
        for (Object item : (List<?>) view.get("groups")) {
            groups.add(group((GenericRecord) item));
        }
        SortedMap<String, Member> entities = new TreeMap<>();
        for (Object item : (List<?>) view.get("entities")) {
            GenericRecord member = (GenericRecord) item;
            entities.put(member.get("entity").toString(), new Member((Integer) member.get("group"), level(member)));
        }
        return new ShapeModel((Integer) view.get("feature"), groups, entities, (Integer) view.get("memory"));
    }

    private static SignalLevel level(GenericRecord record) {
        return new SignalLevel((Double) record.get("center"), (Double) record.get("scale"));
    }

    private static ShapeGroup group(GenericRecord record) {
        List<CalibratedWindow> windows = new ArrayList<>();
        for (Object item : (List<?>) record.get("windows")) {
            windows.add(window((GenericRecord) item));
        }
        return new ShapeGroup(
                new Period((Integer) record.get("periodRows"), (Double) record.get("prominence")),
                level(record),
                windows,
                new RowReference((Double) record.get("rowMedian"), (Double) record.get("rowSpread"), (Double)
                        record.get("rowLargest")));
    }

    private static CalibratedWindow window(GenericRecord record) {
        ShapeMotions motions = ShapeMotions.valueOf(record.get("motions").toString());
        List<?> values = (List<?>) record.get("covariance");
        int size = motions.size();
        if (values.size() != size * size) {
            throw new IllegalArgumentException(
                    "`covariance` must hold " + size + " × " + size + " values (got " + values.size() + ")");
        }
        double[][] covariance = new double[size][size];
        for (int i = 0; i < values.size(); i++) {
            covariance[i / size][i % size] = (Double) values.get(i);
        }
        return new CalibratedWindow(
                new SymmetryAutoencoder(
                        new ShapeWindow((Integer) record.get("factor"), (Integer) record.get("width"), (Boolean)
                                record.get("standardised")),
                        motions,
                        FloatBytes.get(record, "prototypes"),
                        covariance,
                        (Double) record.get("noise"),
                        FloatBytes.get(record, "whitening")),
                (Double) record.get("median"),
                (Double) record.get("spread"));
    }
}
