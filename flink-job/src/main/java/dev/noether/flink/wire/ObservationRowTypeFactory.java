package dev.noether.flink.wire;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Makes the Flink type of {@link ObservationRow}. Flink finds the factory by the annotation of that class. */
public final class ObservationRowTypeFactory extends TypeInfoFactory<ObservationRow> {
    @Override
    public TypeInformation<ObservationRow> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return WireTypes.OBSERVATION_ROW;
    }
}
