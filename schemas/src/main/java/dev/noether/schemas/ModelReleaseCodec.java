package dev.noether.schemas;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** The codec of {@link ModelRelease}. */
public final class ModelReleaseCodec extends RecordCodec<ModelRelease> {
    private static final ReleaseStage[] STAGES = ReleaseStage.values();

    public ModelReleaseCodec() {
        super(SchemaStore.newest("ModelRelease"), SchemaStore.released());
    }

    @Override
    protected void write(ModelRelease release, Encoder out) throws IOException {
        out.writeString(release.detector());
        out.writeLong(release.version());
        out.writeString(release.artifact().uri());
        out.writeString(release.artifact().sha256());
        out.writeLong(release.artifact().bytes());
        out.writeLong(release.featureSchemaFingerprint());
        out.writeLong(release.effectiveFrom());
        out.writeEnum(release.stage().ordinal());
        out.writeLong(release.announcedAt());
        out.writeDouble(release.calibration().quantile());
        out.writeDouble(release.calibration().threshold());
        out.writeLong(release.calibration().size());
        out.writeMapStart();
        out.setItemCount(release.provenance().size());
        // Sorted, so that equal releases have equal bytes.
        for (Map.Entry<String, String> entry : new TreeMap<>(release.provenance()).entrySet()) {
            out.startItem();
            out.writeString(entry.getKey());
            out.writeString(entry.getValue());
        }
        out.writeMapEnd();
        writeLong(release.effectiveTo(), ModelRelease.NO_END, out);
    }

    @Override
    protected ModelRelease read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String detector = readString(in, limit);
        long version = in.readLong();
        ReleasedArtifact artifact = new ReleasedArtifact(readString(in, limit), readString(in, limit), in.readLong());
        long featureSchemaFingerprint = in.readLong();
        long effectiveFrom = in.readLong();
        ReleaseStage stage = readEnum(in, STAGES);
        long announcedAt = in.readLong();
        ReleaseCalibration calibration = new ReleaseCalibration(in.readDouble(), in.readDouble(), in.readLong());
        Map<String, String> provenance = new HashMap<>();
        for (long items = in.readMapStart(); items != 0; items = in.mapNext()) {
            int count = checkedCount(items, limit);
            for (int i = 0; i < count; i++) {
                provenance.put(readString(in, limit), readString(in, limit));
            }
        }
        return new ModelRelease(
                detector,
                version,
                artifact,
                featureSchemaFingerprint,
                effectiveFrom,
                stage,
                announcedAt,
                calibration,
                provenance,
                readLong(in, ModelRelease.NO_END));
    }
}
