package dev.noether.model.artifact;

import dev.noether.model.schedule.Schedule;
import dev.noether.model.schedule.ScheduleLayer;
import dev.noether.model.schedule.SchedulePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Writes and reads the schedule in the record of an artifact. Files of formats 1 to 3 have none. */
final class ScheduleFields {
    private static final String SCHEDULE = "schedule";

    private ScheduleFields() {}

    static void put(GenericRecord record, @Nullable Schedule schedule) {
        if (schedule == null) {
            record.put(SCHEDULE, null);
            return;
        }
        Schema schema =
                record.getSchema().getField(SCHEDULE).schema().getTypes().get(1);
        GenericRecord fields = new GenericData.Record(schema);
        fields.put("zone", schedule.zone());
        fields.put(
                "pages",
                schedule.pages().stream()
                        .map(page -> page(elements(schema, "pages"), page))
                        .toList());
        fields.put(
                "entities",
                schedule.entities().entrySet().stream()
                        .map(entry -> member(elements(schema, "entities"), entry))
                        .toList());
        record.put(SCHEDULE, fields);
    }

    private static Schema elements(Schema record, String field) {
        return record.getField(field).schema().getElementType();
    }

    private static GenericRecord page(Schema schema, SchedulePage page) {
        GenericRecord record = new GenericData.Record(schema);
        FloatBytes.put(record, "tolerance", page.tolerance());
        record.put(
                "layers",
                page.layers().stream()
                        .map(layer -> layer(elements(schema, "layers"), layer))
                        .toList());
        return record;
    }

    private static GenericRecord layer(Schema schema, ScheduleLayer layer) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("periodMillis", layer.periodMillis());
        record.put("bins", layer.bins());
        record.put("bin", IntStream.of(layer.bin()).boxed().toList());
        record.put("feature", IntStream.of(layer.feature()).boxed().toList());
        FloatBytes.put(record, "low", layer.low());
        FloatBytes.put(record, "high", layer.high());
        FloatBytes.put(record, "usualLow", layer.usualLow());
        FloatBytes.put(record, "usualHigh", layer.usualHigh());
        return record;
    }

    private static GenericRecord member(Schema schema, Map.Entry<String, Integer> entry) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("entity", entry.getKey());
        record.put("page", entry.getValue());
        return record;
    }

    static @Nullable Schedule get(GenericRecord record) {
        if (!(record.get(SCHEDULE) instanceof GenericRecord fields)) {
            return null;
        }
        List<SchedulePage> pages = new ArrayList<>();
        for (Object item : (List<?>) fields.get("pages")) {
            pages.add(page((GenericRecord) item));
        }
        SortedMap<String, Integer> entities = new TreeMap<>();
        for (Object item : (List<?>) fields.get("entities")) {
            GenericRecord member = (GenericRecord) item;
            entities.put(member.get("entity").toString(), (Integer) member.get("page"));
        }
        return new Schedule(fields.get("zone").toString(), pages, entities);
    }

    private static SchedulePage page(GenericRecord record) {
        List<ScheduleLayer> layers = new ArrayList<>();
        for (Object item : (List<?>) record.get("layers")) {
            GenericRecord layer = (GenericRecord) item;
            layers.add(new ScheduleLayer(
                    (Long) layer.get("periodMillis"),
                    (Integer) layer.get("bins"),
                    numbers(layer, "bin"),
                    numbers(layer, "feature"),
                    FloatBytes.get(layer, "low"),
                    FloatBytes.get(layer, "high"),
                    FloatBytes.get(layer, "usualLow"),
                    FloatBytes.get(layer, "usualHigh")));
        }
        return new SchedulePage(layers, FloatBytes.get(record, "tolerance"));
    }

    private static int[] numbers(GenericRecord record, String field) {
        return ((List<?>) record.get(field))
                .stream().mapToInt(number -> (Integer) number).toArray();
    }
}
