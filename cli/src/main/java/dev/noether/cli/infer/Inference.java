package dev.noether.cli.infer;

import dev.noether.flink.source.registry.RegistrySchemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a sample of a topic says of its records.
 *
 * @param form form of most records
 * @param records number of records in the sample
 * @param ofForm number of records of that form
 * @param time where the time is; null if no detector can read the form
 * @param entity what names the entity; null if no detector can read the form
 * @param features what becomes of each numeric field
 * @param intervalMillis usual time between two records of an entity; 0 if unknown
 * @param obstacle why no detector can read the records, and what would be right; empty if one can
 * @param imported how an import reads the records; null if each record is a row
 */
record Inference(
        RecordForm form,
        int records,
        int ofForm,
        @Nullable TimeGuess time,
        @Nullable EntityGuess entity,
        List<FeatureGuess> features,
        long intervalMillis,
        String obstacle,
        @Nullable ImportGuess imported) {
    private static final double MOST = 0.9;

    /**
     * Looks at a sample.
     *
     * @param schemas schemas of a registry; null if there is none
     * @param now present time, milliseconds since 1970
     */
    static Inference of(List<ConsumerRecord<byte[], byte[]>> sample, @Nullable RegistrySchemas schemas, long now) {
        FormRecognition recognition = new FormRecognition();
        Map<RecordForm, Integer> counts = new EnumMap<>(RecordForm.class);
        List<RecordForm> forms = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : sample) {
            RecordForm form = recognition.of(record.value());
            forms.add(form);
            counts.merge(form, 1, Integer::sum);
        }
        RecordForm form = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        int ofForm = counts.getOrDefault(form, 0);
        if (ofForm == sample.size()) {
            ImportInference imports = new ImportInference(sample, recognition, now);
            ImportGuess guess = imports.of(form);
            if (guess != null) {
                return ofImport(form, sample.size(), imports.time(), guess);
            }
        }
        String obstacle = Obstacles.ofForm(form, ofForm, sample.size(), schemas != null);
        if (!obstacle.isEmpty()) {
            return new Inference(form, sample.size(), ofForm, null, null, List.of(), 0, obstacle, null);
        }
        SampleTable table = table(sample, forms, form, new Flattener(recognition, schemas));
        return of(table, form, sample.size(), ofForm, now);
    }

    /** Returns the form of the records in words, plural. */
    String words() {
        return imported == null ? form.words() : imported.shape().words();
    }

    private static SampleTable table(
            List<ConsumerRecord<byte[], byte[]>> sample, List<RecordForm> forms, RecordForm form, Flattener flattener) {
        SampleTable table = new SampleTable();
        for (int i = 0; i < sample.size(); i++) {
            FlatRecord flat =
                    forms.get(i) == form ? flattener.of(form, sample.get(i).value()) : null;
            if (flat != null) {
                table.add(flat, sample.get(i));
            }
        }
        return table;
    }

    private static Inference of(SampleTable table, RecordForm form, int records, int ofForm, long now) {
        if (table.size() < MOST * ofForm || table.size() == 0) {
            String obstacle = form == RecordForm.CONFLUENT_AVRO
                    ? "the schema registry gives no schema for most records; check its address and the access to it"
                    : "most records cannot be read as " + form.words();
            return new Inference(form, records, ofForm, null, null, List.of(), 0, obstacle, null);
        }
        TimeGuess time = TimeGuess.of(table, form, now);
        long[] times = time.times(table);
        EntityGuess entity = EntityGuess.of(table, time, times);
        List<FeatureGuess> features = FeatureGuess.of(table, time, entity, times);
        String obstacle = "";
        if (entity.paths().isEmpty()) {
            obstacle = "nothing names the entity: " + entity.reason()
                    + "; each record must say what it is about, in a field or in its key";
        } else if (features.stream().noneMatch(FeatureGuess::isUsed)) {
            obstacle = "no field is a measurement: "
                    + (features.isEmpty() ? "there is no number in the records" : "see the reasons below");
        }
        return new Inference(
                form, records, ofForm, time, entity, features, interval(table, entity, times), obstacle, null);
    }

    private static Inference ofImport(RecordForm form, int records, @Nullable TimeGuess time, ImportGuess guess) {
        String obstacle = guess.entity().isEmpty()
                ? "nothing names the entity: " + guess.reason() + "; name it in `source.entity`"
                : "";
        return new Inference(form, records, records, time, null, List.of(), guess.intervalMillis(), obstacle, guess);
    }

    /** The median time between two records of an entity. */
    private static long interval(SampleTable table, EntityGuess entity, long[] times) {
        Map<String, List<Long>> byName = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            byName.computeIfAbsent(EntityGuess.name(entity.paths(), table, i), key -> new ArrayList<>())
                    .add(times[i]);
        }
        long[] steps = byName.values().stream()
                .flatMapToLong(list -> {
                    long[] sorted =
                            list.stream().mapToLong(Long::longValue).sorted().toArray();
                    return IntStream.range(1, sorted.length).mapToLong(i -> sorted[i] - sorted[i - 1]);
                })
                .filter(step -> step > 0)
                .toArray();
        Arrays.sort(steps);
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }
}
