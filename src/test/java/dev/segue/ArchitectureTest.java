package dev.segue;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of the house: which room may know which, and which library lives where. */
@Timeout(60)
class ArchitectureTest {
    private static final JavaClasses SEGUE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.segue");

    /** For each room the rooms that it may import; the JDK, annotations and slf4j are open to all. */
    private static final Map<String, String> ARROWS = Map.ofEntries(
            Map.entry("keys", ""),
            Map.entry("settings", ""),
            Map.entry("dns", ""),
            Map.entry("toml", "settings"),
            Map.entry("resource", "keys settings toml"),
            Map.entry("format", "resource settings toml"),
            Map.entry("plan", "settings"),
            Map.entry("keyfile", "keys settings toml"),
            Map.entry("watch", ""),
            Map.entry("store", "keys settings keyfile watch"),
            Map.entry("render", "keys settings resource dns"),
            Map.entry("gotemplate", "keys"),
            Map.entry("convert", "keys settings toml gotemplate"),
            Map.entry("files", "resource plan"),
            Map.entry("journal", "plan"),
            Map.entry("probe", ""),
            Map.entry("command", "keys"),
            Map.entry("diff", "keys"),
            Map.entry("status", "keys plan"),
            Map.entry("http", "keys status plan settings"),
            Map.entry(
                    "reconcile",
                    "keys settings resource plan store render format files command journal probe diff status"),
            Map.entry("cutover", "keys settings resource plan store command probe status"),
            Map.entry(
                    "daemon",
                    "keys settings dns keyfile watch resource plan store render files command journal probe diff status http"
                            + " reconcile cutover convert"),
            Map.entry("cli", "settings toml resource daemon"),
            Map.entry("rehearsal", "cli daemon"));

    /** Each library and the room that knows it; Gson reads and writes JSON in several. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("io.etcd..", "dev.segue.store.etcd.. dev.segue.rehearsal.."),
            Map.entry("io.grpc..", "dev.segue.store.etcd.. dev.segue.rehearsal.."),
            Map.entry("io.netty..", "dev.segue.store.etcd.. dev.segue.rehearsal.."),
            Map.entry("org.apache.curator..", "dev.segue.store.zookeeper.."),
            Map.entry("org.apache.zookeeper..", "dev.segue.store.zookeeper.."),
            Map.entry("redis.clients..", "dev.segue.store.redis.."),
            Map.entry("freemarker..", "dev.segue.render.."),
            Map.entry(
                    "com.google.gson..", "dev.segue.render.. dev.segue.format.. dev.segue.http.. dev.segue.cutover.."),
            Map.entry("org.snakeyaml..", "dev.segue.render.. dev.segue.format.. dev.segue.keyfile.."),
            Map.entry("org.tomlj..", "dev.segue.toml.."),
            Map.entry("picocli..", "dev.segue.cli.."),
            Map.entry("com.github.difflib..", "dev.segue.diff.."),
            Map.entry("javax.naming..", "dev.segue.dns.."),
            Map.entry("io.prometheus..", "dev.segue.http.."),
            Map.entry("com.sun.net..", "dev.segue.http.."));

    static Stream<String> rooms() {
        return ARROWS.keySet().stream().sorted();
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void room_anyClass_importsOnlyTheRoomsThatThePlanAllows(String room) {
        Stream<String> allowed = Stream.concat(
                        Stream.of(room), Stream.of(ARROWS.get(room).split(" ", -1)))
                .filter(name -> !name.isEmpty())
                .map(name -> "dev.segue." + name + "..");
        classes()
                .that(resideInAPackage("dev.segue." + room + ".."))
                .should(onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(resideInAPackage("dev.segue..").negate())))
                .check(SEGUE);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void library_anywhereElse_isUnknown(String library) {
        noClasses()
                .that(resideInAnyPackage(LIBRARIES.get(library).split(" ", -1)).negate())
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(SEGUE);
    }

    @Test
    void rooms_all_areOnThePlan() {
        assertThat(SEGUE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals("dev.segue"))
                        .map(name -> name.split("\\.", -1)[2])
                        .distinct())
                .isSubsetOf(ARROWS.keySet());
    }

    @Test
    void packages_all_areFreeOfCycles() {
        slices().matching("dev.segue.(**)").should().beFreeOfCycles().check(SEGUE);
    }

    @Test
    void publicSignatures_ofARoom_showNoLibraryType() {
        classes()
                .that(modifier(JavaModifier.PUBLIC))
                // The inside of a room with sub-packages, public only for want of a friendlier word.
                .and(resideInAnyPackage("dev.segue.cli..", "dev.segue.render.functions..", "dev.segue.render.values..")
                        .negate())
                .should(showNoLibraryType())
                .check(SEGUE);
    }

    @Test
    void systemExit_onlyInMain() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.segue.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .check(SEGUE);
    }

    @Test
    void clockAndEnvironment_onlyAtTheEdge() {
        noClasses()
                .that(resideInAnyPackage("dev.segue.daemon..", "dev.segue.cli..", "dev.segue")
                        .negate())
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(SEGUE);
    }

    @Test
    void processes_startedOnlyByTheCommandRoom() {
        noClasses()
                .that(resideInAPackage("dev.segue.command..").negate())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(SEGUE);
    }

    private static ArchCondition<JavaClass> showNoLibraryType() {
        return new ArchCondition<>("show types of the JDK and of Segue alone") {
            @Override
            public void check(JavaClass room, ConditionEvents events) {
                room.getMethods().stream()
                        .filter(modifier(JavaModifier.PUBLIC).forSubtype())
                        .forEach(method -> checkTypes(method, events));
                room.getConstructors().stream()
                        .filter(modifier(JavaModifier.PUBLIC).forSubtype())
                        .forEach(constructor -> checkTypes(constructor, events));
            }

            private void checkTypes(JavaMember member, ConditionEvents events) {
                Stream<JavaClass> types = member instanceof JavaMethod method
                        ? Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        : member.getAllInvolvedRawTypes().stream();
                types.map(JavaClass::getBaseComponentType)
                        .filter(type -> !type.isPrimitive()
                                && !type.getPackageName().startsWith("java.")
                                && !type.getPackageName().startsWith("dev.segue"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                member, member.getFullName() + " shows " + type.getName())));
            }
        };
    }
}
