package dev.noether.model.artifact;

import dev.noether.model.feature.FeatureSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Converts an artifact to and from the single Avro record of its file. */
final class ArtifactRecord {
    private ArtifactRecord() {}

    static GenericRecord of(ModelArtifact artifact) {
        GenericRecord record = new GenericData.Record(ArtifactSchemas.CURRENT);
        record.put("features", artifact.features().names());
        record.put("windowRows", artifact.windowRows());
        ScalingFields.put(record, artifact.scaling());
        ScalingFields.putInput(record, artifact.input());
        NetworkFields.put(record, artifact.network());
        NetworkFields.putForecast(record, artifact.forecast());
        RuleFields.put(record, artifact.rule());
        BaselineFields.putCommon(record, artifact.commonBaseline());
        BaselineFields.putEntities(record, artifact.entityBaselines());
        CalibrationFields.put(record, artifact.calibration());
        RepeatFields.put(record, artifact.repeats());
        ViewFields.putCounts(record, artifact.counts());
        ViewFields.putExceedances(record, artifact.exceedances());
        ViewFields.putViews(record, artifact.alarmViews());
        record.put("rowIntervalMillis", artifact.rowInterval().toMillis());
        ShapeFields.put(record, artifact.shape());
        ScheduleFields.put(record, artifact.schedule());
        putProvenance(record, artifact.provenance());
        return record;
    }

    /**
     * Reads the artifact from a record.
     *
     * @throws IllegalArgumentException if the fields do not fit together
     */
    static ModelArtifact read(GenericRecord record) {
        return new ModelArtifact(
                new FeatureSchema(((List<?>) record.get("features"))
                        .stream().map(Object::toString).toList()),
                ScalingFields.get(record),
                new Predictors(
                        (Integer) record.get("windowRows"),
                        NetworkFields.get(record),
                        NetworkFields.getForecast(record),
                        ScheduleFields.get(record)),
                RuleFields.get(record),
                new StartingBaselines(BaselineFields.getCommon(record), BaselineFields.getEntities(record)),
                new AlarmCalibration(
                        CalibrationFields.get(record),
                        RepeatFields.get(record),
                        ViewFields.getCounts(record),
                        ViewFields.getExceedances(record),
                        ViewFields.getViews(record),
                        Duration.ofMillis((Long) record.get("rowIntervalMillis"))),
                ShapeFields.get(record),
                provenance(record),
                ScalingFields.getInput(record));
    }

    private static void putProvenance(GenericRecord record, SortedMap<String, String> provenance) {
        Schema schema = record.getSchema().getField("provenance").schema().getElementType();
        record.put(
                "provenance",
                provenance.entrySet().stream()
                        .map(entry -> entry(schema, entry))
                        .toList());
    }

    private static GenericRecord entry(Schema schema, Map.Entry<String, String> entry) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("key", entry.getKey());
        record.put("value", entry.getValue());
        return record;
    }

    private static SortedMap<String, String> provenance(GenericRecord record) {
        SortedMap<String, String> provenance = new TreeMap<>();
        for (Object item : (List<?>) record.get("provenance")) {
            GenericRecord entry = (GenericRecord) item;
            provenance.put(entry.get("key").toString(), entry.get("value").toString());
        }
        return provenance;
    }
}
