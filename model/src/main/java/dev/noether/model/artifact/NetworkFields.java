package dev.noether.model.artifact;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.autoencoder.LinearBase;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Writes and reads the network, its linear base and the forecast in the record of an artifact. */
final class NetworkFields {
    /** More than any configuration allows. The work for a network grows with the square of its depth. */
    private static final int MOST_LAYERS = 64;

    private static final int WIDEST_LAYER = 1 << 16;

    private NetworkFields() {}

    static void put(GenericRecord record, Autoencoder network) {
        AutoencoderShape shape = network.shape();
        record.put("inputWidth", shape.inputWidth());
        record.put("encoderWidths", shape.encoderWidths());
        record.put("codeSize", shape.codeSize());
        record.put("decoderWidths", shape.decoderWidths());
        record.put(
                "codeActivation",
                new GenericData.EnumSymbol(
                        record.getSchema().getField("codeActivation").schema(),
                        shape.codeActivation().name()));
        FloatBytes.put(record, "parameters", network.parameters());
        Schema base =
                record.getSchema().getField("linearBase").schema().getTypes().get(1);
        record.put(
                "linearBase",
                network.base().map(present -> baseRecord(base, present)).orElse(null));
    }

    static Autoencoder get(GenericRecord record) {
        AutoencoderShape shape = new AutoencoderShape(
                (Integer) record.get("inputWidth"),
                integers(record, "encoderWidths"),
                (Integer) record.get("codeSize"),
                integers(record, "decoderWidths"),
                Activation.valueOf(record.get("codeActivation").toString()));
        return new Autoencoder(shape, FloatBytes.get(record, "parameters"), base(record));
    }

    static void putForecast(GenericRecord record, @Nullable Forecast forecast) {
        float[] none = {};
        record.put("forecastRows", forecast == null ? 0 : forecast.rows());
        FloatBytes.put(record, "forecastWeights", forecast == null ? none : forecast.weights());
        FloatBytes.put(record, "forecastBiases", forecast == null ? none : forecast.biases());
    }

    static @Nullable Forecast getForecast(GenericRecord record) {
        int rows = (Integer) record.get("forecastRows");
        return rows == 0
                ? null
                : new Forecast(
                        rows, FloatBytes.get(record, "forecastWeights"), FloatBytes.get(record, "forecastBiases"));
    }

    private static GenericRecord baseRecord(Schema schema, LinearBase base) {
        GenericRecord record = new GenericData.Record(schema);
        FloatBytes.put(record, "mean", base.mean());
        FloatBytes.put(record, "components", base.components());
        FloatBytes.put(record, "scales", base.scales());
        record.put("residualScale", base.residualScale());
        return record;
    }

    private static @Nullable LinearBase base(GenericRecord record) {
        return record.get("linearBase") instanceof GenericRecord base
                ? new LinearBase(
                        FloatBytes.get(base, "mean"),
                        FloatBytes.get(base, "components"),
                        FloatBytes.get(base, "scales"),
                        (Float) base.get("residualScale"))
                : null;
    }

    private static List<Integer> integers(GenericRecord record, String field) {
        List<?> widths = (List<?>) record.get(field);
        if (widths.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(
                    "`" + field + "` must have at most " + MOST_LAYERS + " widths (got " + widths.size() + ")");
        }
        for (Object width : widths) {
            // The buffers of a batch have this width.
            if ((Integer) width > WIDEST_LAYER) {
                throw new IllegalArgumentException(
                        "`" + field + "` must be at most " + WIDEST_LAYER + " (got " + width + ")");
            }
        }
        return widths.stream().map(Integer.class::cast).toList();
    }
}
