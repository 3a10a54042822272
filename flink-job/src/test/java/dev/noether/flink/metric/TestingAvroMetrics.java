package dev.noether.flink.metric;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes values as Avro records, one a record or several. */
final class TestingAvroMetrics {
    /** One value a record. */
    static final Schema LONG = SchemaBuilder.record("Value")
            .fields()
            .requiredString("name")
            .name("labels")
            .type()
            .map()
            .values()
            .stringType()
            .noDefault()
            .optionalString("comment")
            .requiredDouble("value")
            .requiredString("host")
            .requiredLong("at")
            .endRecord();

    private static final Schema ITEM = SchemaBuilder.record("Item")
            .fields()
            .requiredString("name")
            .name("value")
            .type()
            .unionOf()
            .nullType()
            .and()
            .doubleType()
            .and()
            .longType()
            .and()
            .booleanType()
            .endUnion()
            .noDefault()
            .requiredString("card")
            .endRecord();
    /** Several values, between the fields of the record. */
    static final Schema ROWS = SchemaBuilder.record("Batch")
            .fields()
            .requiredString("host")
            .name("metrics")
            .type(Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.createArray(ITEM)))
            .noDefault()
            .name("labels")
            .type()
            .map()
            .values()
            .stringType()
            .noDefault()
            .requiredLong("at")
            .endRecord();

    static List<GenericRecord> rows(MetricSample sample, boolean isLong) {
        List<GenericRecord> rows = new ArrayList<>();
        rows.add(row(sample, isLong, "m.cpu", sample.cpu(), sample.card()));
        rows.add(row(
                sample, isLong, "m.bytes", isLong ? (Object) (double) sample.bytes() : sample.bytes(), sample.card()));
        rows.add(row(sample, isLong, "m.up", isLong ? (Object) (sample.up() ? 1.0 : 0.0) : sample.up(), sample.card()));
        rows.add(row(sample, isLong, "m.bytes", 77.0, "lo"));
        rows.add(row(sample, isLong, "m.other", 5.0, sample.card()));
        return rows;
    }

    static GenericRecord record(MetricSample sample) {
        GenericRecord record = new GenericData.Record(ROWS);
        record.put("host", sample.host());
        record.put("labels", Map.of("zone", sample.zone()));
        record.put("at", sample.time().toEpochMilli());
        record.put("metrics", rows(sample, false));
        return record;
    }

    private static GenericRecord row(MetricSample sample, boolean isLong, String name, Object value, String card) {
        GenericRecord row = new GenericData.Record(isLong ? LONG : ITEM);
        row.put("name", name);
        row.put("value", value);
        if (isLong) {
            row.put("labels", Map.of("zone", sample.zone(), "card", card));
            row.put("host", sample.host());
            row.put("at", sample.time().toEpochMilli());
        } else {
            row.put("card", card);
        }
        return row;
    }

    static byte[] bytes(Schema schema, GenericRecord record, byte[] header) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(header);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
