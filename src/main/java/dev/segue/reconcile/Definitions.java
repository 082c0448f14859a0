package dev.segue.reconcile;

import dev.segue.resource.ConfDirectory;
import dev.segue.resource.FolderStamp;
import dev.segue.resource.Resource;
import dev.segue.resource.ResourceSet;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which resources there are, as the confdir says now; a file that an edit broke keeps its last good definition.
 *
 * <p>Says each problem once, when it comes up. Used by one thread at a time.
 */
public final class Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);

    private final ConfDirectory directory;
    private FolderStamp stamp = FolderStamp.NONE;
    private FolderStamp templates = FolderStamp.NONE;
    private volatile ResourceSet set;
    private Set<Problem> told = Set.of();

    private Definitions(ConfDirectory directory, ResourceSet set) {
        this.directory = directory;
        this.set = set;
    }

    /**
     * Reads the confdir for the first time.
     *
     * @throws ProblemsException if there is no confdir, or no single good resource in it while there are bad ones
     */
    public static Definitions load(ConfDirectory directory) throws ProblemsException {
        FolderStamp stamp = directory.resourceStamp();
        ResourceSet set = directory.read();
        if (set.resources().isEmpty() && !set.problems().isEmpty()) {
            throw new ProblemsException(set.problems());
        }
        Definitions definitions = new Definitions(directory, set);
        definitions.stamp = stamp;
        definitions.templates = directory.templateStamp();
        definitions.tell(set);
        return definitions;
    }

    /**
     * Takes up what changed on disk since the last call; reads no file if nothing did.
     *
     * @return true if a resource file or a template changed
     */
    boolean refresh() {
        FolderStamp templatesNow = directory.templateStamp();
        boolean templatesChanged = !templatesNow.equals(templates);
        templates = templatesNow;
        FolderStamp now = directory.resourceStamp();
        if (now.equals(stamp)) {
            return templatesChanged;
        }
        stamp = now;
        try {
            ResourceSet read = directory.read();
            tell(read);
            set = read.keepingFrom(set);
        } catch (ProblemsException e) {
            tell(new LinkedHashSet<>(e.problems()));
            set = new ResourceSet(set.resources(), new TreeMap<>(Map.of("conf.d", e.problems())), List.of());
        }
        return true;
    }

    /** What is wrong with each file that cannot be used as it stands, in words, by its name. */
    SortedMap<String, List<String>> refused() {
        SortedMap<String, List<String>> words = new TreeMap<>();
        set.refused()
                .forEach((name, problems) ->
                        words.put(name, problems.stream().map(Problem::toString).toList()));
        return words;
    }

    /** The resources, sorted by name. From any thread. */
    public List<Resource> resources() {
        return set.resources();
    }

    /** Files that hold no resource that could be used, not even an earlier one. */
    public boolean anyRefused() {
        return !set.refused().isEmpty();
    }

    private void tell(ResourceSet read) {
        read.resources().stream()
                .map(Resource::name)
                .filter(name -> set.refused().containsKey(name))
                .forEach(name -> LOG.info("{}: right again", name));
        Set<Problem> all = new LinkedHashSet<>(read.problems());
        all.addAll(read.notes());
        tell(all);
    }

    private void tell(Set<Problem> problems) {
        problems.stream().filter(problem -> !told.contains(problem)).forEach(problem -> LOG.warn("{}", problem));
        if (!told.isEmpty() && problems.isEmpty()) {
            LOG.info("All resource files are right again");
        }
        told = problems;
    }
}
