# No speaker has reviewed this translation yet.

## The house

app = Backchannel
language-name = Français
skip-to-content = Aller au contenu
menu = Pages
intermediary = l'intermédiaire
utc = UTC
none = néant
not-yet = pas encore
unknown = non connu
back = Retour
yes = oui
no = non
more = Plus
older = Plus ancien
newer = Plus récent
close-it = Fermer
print = Imprimer
not-kept = Son texte n'est plus conservé ici.
hidden-for-sharing = Masqué pendant le partage de l'écran
in-english = Les mots mêmes de la station, en anglais :
copied-nothing = Rien n'a été envoyé.
optional = peut rester vide

## Pages

page-overview = Vue d'ensemble
page-dispatches = Dépêches
page-write = Rédiger
page-notify = Notifier ou demander
page-convey = Transmission
page-understandings = Ententes
page-incidents = Incidents
page-line = La ligne
page-people = Personnes
page-public = Paroles publiques
page-claims = Affirmations
page-record = Procès-verbal
page-settings = Réglages

## Top of every page

beat-now = Battement { $k }
beat-of = battement { $k }
beat-none = aucun battement encore
line-state = { $state ->
    [up] ligne établie
    [catching-up] rattrapage en cours
    [joining] entrée en cours
    [removed] retirée du canal
   *[down] ligne coupée
}
side-and-role = { $label } · { $role ->
    [head] chef de délégation
    [principal] mandant
    [envoy] envoyé
    [observer] observateur
   *[intermediary] intermédiaire
}
role = { $role ->
    [head] chef de délégation
    [principal] mandant
    [envoy] envoyé
    [observer] observateur
   *[intermediary] intermédiaire
}
hide-content = Masquer le contenu
show-content = Montrer le contenu
content-is-hidden = Le contenu est masqué. Rien de ce que quiconque a dit ne figure sur cette page.
lock-now = Verrouiller maintenant
shortcuts = Raccourcis
connection-lost = Le bureau ne répond pas. Ce que vous écrivez reste sur cette page. La reprise est automatique dès le retour du bureau.
station-silent = La station ne répond pas. Son battement s'est peut-être arrêté. Ce que vous écrivez reste ici.
station-silent-hint = Pour la démarrer : backchannel station run
page-is-stale = Ce qui est montré ici peut être ancien.

## Entering

enter-title = Entrer dans le bureau
enter-code = Le code de votre lien
enter-go = Entrer
enter-refused = Ce lien a déjà servi, ou il est trop ancien.
enter-refused-hint = Exécuter : backchannel desk
enter-why = Un lien ouvre le bureau une seule fois, dans un seul navigateur.

## Locked

locked-title = La station est verrouillée
locked-what = Le battement continue, et ce qui arrive est conservé sans être lu. L'autre partie voit que votre station est verrouillée.
passphrase = Phrase secrète
unlock = Déverrouiller
unlock-wait = Le déverrouillage prend environ une seconde.
locked-arrivals = Rien de ce qui est arrivé n'est montré avant le déverrouillage.

## Overview

ov-line = La ligne
ov-in-force = Ce qui produit effet
ov-clocks = Délais en cours
ov-needs-me = Requiert votre attention
ov-recent = Récemment
ov-nothing-in-force = Rien ne produit effet.
ov-no-clocks = Aucun délai ne court.
ov-needs-nothing = Rien ne requiert votre attention à présent.
ov-last-beat = Dernier battement
ov-every = Un battement toutes les { $n } s
ov-heard = dernier signe
ov-side-state = { $state ->
    [here] entendue
    [silent] silencieuse
    [locked] entendue, station verrouillée
   *[never] pas encore entendue
}
ov-until = jusqu'au
ov-no-end = jusqu'à ce qu'une partie donne préavis
need-unread = { $n ->
    [one] { $n } dépêche n'est pas lue
   *[other] { $n } dépêches ne sont pas lues
}
need-convey = { $n ->
    [one] { $n } dépêche attend d'être transmise
   *[other] { $n } dépêches attendent d'être transmises
}
need-answer = Une réponse est demandée
need-clarify = Un incident attend votre explication
need-approve = Un texte attend votre approbation
need-try = Un texte approuvé par votre partie attend sa prise d'effet
need-release = Un message attend une seconde personne : vous pouvez le libérer
need-roster = Un changement de la délégation attend votre approbation
need-line-answer = Un essai de la ligne attend la réponse d'une personne
need-alarm = Une alarme est ouverte
need-renew = Une fin approche et votre partie n'a pas réaffirmé
need-verify = Personne ne s'est encore assuré de l'identité de l'autre partie
need-duty = La veille est remise à qui la prendra
need-draft = { $n ->
    [one] { $n } brouillon est conservé
   *[other] { $n } brouillons sont conservés
}
clock-answer = Réponse attendue
clock-brake = Fin du frein
clock-reply = Explication attendue
clock-end = Fin
clock-notice = Prise d'effet du préavis
clock-left = dans { $span }
clock-ago = il y a { $span }
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
span-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-seconds = { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
}

## Words of dispatches

form = { $form ->
    [oral-message] message oral
    [note-of-oral-message] note d'un message oral
    [non-paper] non-paper
    [aide-memoire] aide-mémoire
    [bout-de-papier] bout de papier
    [note-verbale] note verbale
    [notification] notification
   *[other] dépêche
}
form-rule = { $form ->
    [oral-message] Dit par l'intermédiaire. Il n'en est conservé qu'une note, marquée comme telle pour toujours. Ni date, ni en-tête, ni adresse.
    [non-paper] Le lecteur ne voit ni auteur, ni date, ni engagement.
    [aide-memoire] Troisième personne, daté ; ni formules de courtoisie, ni adresse, ni signature.
    [bout-de-papier] Les faits seuls ; ni en-tête, ni date, ni signature.
    [note-verbale] Troisième personne, l'écrit le plus formel ; adressée.
   *[other] Un message établi d'après un modèle ou un numéro du code.
}
kind = { $kind ->
    [conveyance] transmise par l'intermédiaire
    [read-back] reformulation
   *[dispatch] dépêche
}
precedence = { $p ->
    [flash] flash
    [immediate] immédiat
    [priority] priorité
   *[routine] routine
}
disclosure = { $d ->
    [verbatim] mot pour mot
    [in-substance] en substance
   *[hold] réservé
}
disclosure-rule = { $d ->
    [verbatim] L'intermédiaire le porte exactement tel quel.
    [in-substance] L'intermédiaire peut le dire dans ses propres termes.
   *[hold] Pour l'intermédiaire seul. Cela ne va pas plus loin.
}
retention = { $r ->
    [keep] conservée
    [read-and-return] à lire et à rendre
   *[until] conservée jusqu'à une date
}
layer = { $layer ->
    [party-text] Le texte de la partie elle-même
    [note-of-oral-message] Note d'un message oral ; non le texte de la partie elle-même
    [intermediary-rendering] Exposé de l'intermédiaire ; non les mots de la partie
    [read-back] Ce qui a été compris
    [message] Un message d'après son modèle
   *[other] Texte
}
passage-state = { $state ->
    [guarded-matched] mot pour mot, comparé et trouvé identique
    [guarded-not-yet-matched] mot pour mot, pas encore comparé
    [no-salt-the-intermediary-s-words] donné pour mot pour mot, mais rien à comparer : à tenir pour les mots de l'intermédiaire
    [not-conveyed-verbatim] non transmis mot pour mot
    [altered] ALTERED : ce n'est pas ce que son auteur a scellé
   *[other] { $state }
}
step = { $step ->
    [sent] envoyée
    [acknowledged] réception confirmée par leur station
    [read] lue
    [conveyed] transmise
    [read-back] reformulée
    [received] réception confirmée par leur station
    [declined] décliné
    [answered] réponse donnée
    [returned] rendue
    [waiting] attend d'être scellée
   *[other] { $step }
}
unattended = Portée par la station de l'intermédiaire d'elle-même ; personne ne l'y avait lue.
by-registry = Passée par le registre : aucune personne chez l'intermédiaire ne l'a portée.
unreviewed-translation = Aucun locuteur de cette langue n'a relu cette traduction.
late-by = En retard de { $span }
early-by = En avance de { $span }
beyond = Hors de ce que les deux parties ont nommé

## Dispatches

dp-none = Rien n'est arrivé, et rien n'a été envoyé.
dp-opening = Ouvrir une dépêche indique à son expéditeur que vous l'avez lue.
dp-all = Toutes
dp-unread = Non lues
dp-sent = Envoyées
dp-unread-mark = non lue
dp-altered = un passage est ALTERED
dp-answered = réponse donnée
dp-reply-by = une réponse est demandée pour le
dp-overdue = une réponse était demandée pour le
dp-from = De
dp-room = Salle
dp-vouching = Seul l'intermédiaire se porte garant de l'identité de l'autre partie.
dp-passage-n = Passage { $n }
dp-path = Son parcours
dp-receipts = Accusés de réception
dp-who = Qui
dp-what = Quoi
dp-at = Heure
dp-told = selon l'intermédiaire
dp-not-sealed = Durable ici. Elle part avec les prochains battements ; rien n'est envoyé avant de figurer sous son battement.
dp-waits-registry = Elle attend que le registre détienne ses sceaux.
dp-read-back = Reformuler
dp-read-back-why = Dites dans vos propres termes ce que vous avez compris. L'autre partie le voit à côté de ce qui était voulu.
dp-read-back-do = Envoyer la reformulation
dp-return = Rendre
dp-return-why = Elle a été prêtée pour lecture. La rendre efface son texte ici, et l'indique à son expéditeur.
dp-return-do = Effacer ici et rendre
dp-reply = Répondre
dp-convey = Transmettre
dp-understood = Ce qui a été compris
dp-heading = En-tête
dp-date = Date
dp-addressee = Adressée à
dp-carriage = Sa suite auprès de l'autre partie
dp-clock = Délai
dp-query-state = { $state ->
    [running] une réponse est attendue
    [overdue] pas de réponse dans le délai
   *[answered] réponse donnée
}

## Writing

wr-title = Une dépêche
wr-answers = En réponse à
wr-to = À
wr-to-delegation = votre propre délégation
wr-to-intermediary = l'intermédiaire seul
wr-to-party = { $party }, par l'intermédiaire
wr-form = Forme
wr-precedence = Degré d'urgence
wr-retention = Conservation
wr-until = Conservée jusqu'au (UTC)
wr-reply-by = Une réponse est demandée pour le (UTC)
wr-passage = Passage { $n }
wr-disclosure = Ce que l'intermédiaire peut en faire
wr-text-in = Texte en { $language }
wr-add-passage = Ajouter un passage
wr-remove-passage = Supprimer ce passage
wr-add-language = Ajouter une langue
wr-remove-language = Supprimer cette langue
wr-language = Langue
wr-send = Envoyer
wr-draft-kept = Brouillon conservé dans le coffre, { $time }
wr-draft-not-kept = Pas encore conservé
wr-draft-drop = Jeter le brouillon
wr-drafts = Brouillons
wr-findings = Ce que disent les règles
wr-no-findings = Les règles de la forme sont respectées.
wr-seen = Ce que verra l'autre partie
wr-seen-intermediary = Ce que verra l'intermédiaire
wr-seen-delegation = Ce que verra votre délégation
wr-seen-held = Rien de ce passage.
wr-seen-substance = Ce que l'intermédiaire en fait, dans ses propres termes.
wr-seen-author = Il lui est indiqué que cela vient de la partie { $party }.
wr-seen-no-author = Ni auteur ni date ne lui sont indiqués.
wr-leaves = Départ au plus tôt au battement { $k }
wr-leaves-registry = et, pour les passages portés mot pour mot, une fois que le registre détient leurs sceaux
wr-nothing-yet = Rien n’est encore écrit.

## Conveyance

cv-title = Le bureau de transmission
cv-none = Rien n'attend d'être transmis.
cv-waiting = À transmettre
cv-done = Transmises
cv-to = Dans l'aparté avec { $party }
cv-original = Ce qui vous a été remis
cv-goes = Ce qui part
cv-verbatim-goes = Part tel quel.
cv-substance-goes = Ne part que dans vos termes, ci-dessous.
cv-hold-stays = Reste chez vous. Ce passage ne peut pas partir.
cv-rendering = Votre exposé en { $language }
cv-rendering-why = Il est présenté comme vos propres mots, jamais comme ceux de la partie. Votre station refuse six mots consécutifs d'un passage réservé ; elle ne peut pas déceler une paraphrase.
cv-convey = Transmettre
cv-refused = Refusé : cela livrerait ce qui est réservé.
cv-read-backs = Reformulations

## Messages by template

nt-title = Notifier ou demander
nt-why = Ni rédaction ni traduction : les deux parties détiennent les mêmes modèles. Le départ est immédiat.
nt-templates = Modèles
nt-codebook = Le code
nt-asks = demande une réponse
nt-number = Numéro
nt-to = À
nt-send = Envoyer
nt-field-hint = { $type ->
    [instant] UTC, par exemple 2026-11-25T12:00Z
    [window] par exemple 2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded
    [place] par exemple 36°30'N 12°15'E
    [area] par exemple circle 36.5N 12.25E 5km, ou polygon 36N 12E; 36N 13E; 37N 12E
    [track] par exemple 36N 12E; 36N 13E
    [distance] par exemple 40 km
    [count] un nombre entier
    [number] un nombre entier
    [reference] le numéro d'une dépêche, ou son début
    [clause] le numéro d'une entente, et une clause
   *[line] une ligne de texte
}
nt-answers = En réponse à

## Understandings

un-none = Il n'y a pas encore de texte.
un-new = Un nouveau texte
un-new-why = Un texte s'écrit sous forme de fichier (TOML). Les règles sont contrôlées pendant la saisie.
un-file = Le texte sous forme de fichier
un-lay = Le présenter aux parties
un-state = { $state ->
    [draft] en rédaction
    [submitted] sur la table
    [frozen] figé
    [approving] en cours d'approbation
    [deposited] déposé
    [in-effect] produit effet
    [in-question] mis en question
    [renewed] renouvelé
    [suspended] suspendu
    [lapsed] venu à son terme
    [withdrawn] a cessé après préavis
    [superseded] remplacé par un autre texte
    [abandoned] mis de côté
    [void] n'a pas abouti
   *[other] non connu ici
}
un-form = { $form ->
    [joint] instrument commun, signé ensemble
   *[gentle] entente d'honneur, que l'on pourra toujours nier
}
un-version = Version { $n }
un-not-frozen = pas encore figé
un-digest = Empreinte
un-words = Mots de l'empreinte
un-words-why = Avant d'approuver, comparez ces mots avec les autres personnes qui approuvent, par une autre voie.
un-pen = La plume est tenue par { $who }
un-clause = Clause
un-on-table = Sur la table, plus récent que la dernière version
un-tab = { $tab ->
    [text] Texte
    [comments] Observations
    [versions] Versions
    [checks] Contrôles
    [approval] Approbation
    [ceremony] Cérémonie
   *[life] Vie
}
un-comments-none = Personne n'a formulé d'observation.
un-comment = Observation
un-comment-on = Sur la clause { $clause }
un-comment-whole = Sur l'ensemble du texte
un-comment-who-sees = Celui qui tient la plume et votre propre partie la voient ; l'autre partie ne la voit pas.
un-comment-send = Envoyer l'observation
un-diff = Ce qui a changé de la version { $from } à la version { $to }
un-diff-none = Rien n'a changé.
un-diff-one = Il n'y a qu'une version : rien à comparer.
un-gone = supprimé
un-new-words = nouveau
un-checks-none = Les règles ne relèvent rien.
un-severity = { $s ->
    [refuse] à corriger
   *[warn] à revoir
}
un-freeze = Figer
un-freeze-why = Une version figée a un numéro et une empreinte, les mêmes pour tous. Elle peut alors être approuvée.
un-approve = Approuver cette version
un-approve-why = Vous approuvez le texte qui porte exactement cette empreinte. Personne n'est encore lié.
un-approve-passphrase = Votre phrase secrète confirme que c'est bien vous.
un-take-back = Retirer l'approbation
un-approved-of = Approbations : { $by } sur { $quorum }
un-you-approved = Vous l'avez approuvé.
un-deposit = Engager la prise d'effet
un-deposit-why = L'assurance de votre partie va au dépositaire. Elle ne compte que lorsque toutes ont remis la leur et que toutes en ont confirmé la réception. Tant qu'elle n'est pas libérée, vous pouvez la retirer.
un-deposit-withdraw = Retirer le dépôt
un-ceremony = { $stage ->
    [approved] approbation donnée
    [ready] prêt
    [deposited] dépôt effectué
    [released] dépôt libéré
   *[acknowledged] réception confirmée
}
un-ceremony-none = Rien n'a encore été tenté.
un-ceremony-limit = Le délai du dépositaire
un-try-fate = { $fate ->
    [open] en cours
    [settled] abouti : produit effet pour tous
    [not-acknowledged-in-time] réception non confirmée à temps : sans effet pour tous
    [a-roster-changed] la composition d'une délégation a changé : sans effet pour tous
    [the-heads-named-it-differently] les chefs de délégation l'ont nommé différemment : sans effet pour tous
   *[destroyed] détruit : sans effet pour tous
}
un-who-can-prove = Qui peut prouver quoi à présent
un-prove = { $what ->
    [nothing] Personne ne détient rien qui prouverait quoi que ce soit à quiconque.
    [to-depositary] Le dépositaire détient ce qui a été remis. Cela ne prouve rien à un tiers, et sera détruit ou libéré.
    [each-other] Chaque partie est convaincue. Pour un tiers, cela ne vaut rien : chaque chef de délégation peut en produire autant seul.
   *[anybody] Quiconque détient le texte signé peut le montrer à tous, avec l'attestation du dépositaire.
}
un-life = Vie du texte dans le temps
un-life-now = maintenant
un-from = à partir du
un-until = jusqu'au
un-renew = Réaffirmer pour une nouvelle durée
un-renew-why = Rien n'est signé de nouveau. Le texte se poursuit si chaque partie réaffirme avant la fin.
un-reaffirmed = Réaffirmé par
un-withdraw = Donner préavis
un-withdraw-why = Le préavis prend effet après le délai que fixe le texte, jamais aussitôt. Tant que le frein tient, rien ne prend fin.
un-withdraw-back = Retirer le préavis
un-urgent = Motif d'urgence
un-notice-of = Prise d'effet du préavis donné par { $party }
un-held = Le frein retient la fin, qui était fixée au
un-suspended-until = suspendu jusqu'au
un-told = Confirmer que ceux qui sont liés ont été informés
un-told-zone = Zone
un-abandon = Poser la plume
un-incident = Ouvrir un incident
un-burned = Son texte a été brûlé ici ; son état est conservé.
un-unfinished = { $party } : tous ceux dont la parole est requise ne se sont pas encore prononcés
un-paper-title = Entente
un-paper-gentle = Conservée dans les termes de l'intermédiaire. Les versions dans les langues présentées sont de même rang.
un-paper-joint = Instrument des parties

## Incidents

in-none = Il n'y a aucun incident.
in-of = Acte attribué à { $of }
in-by = soulevé par { $by }
in-self = signalé par { $by } de sa propre initiative
in-clause = au titre de la clause { $clause }
in-state = { $state ->
    [open] ouvert
    [explained] expliqué
    [contested] contesté
    [found] constatation commune
   *[closed] clos
}
in-occurred = Survenu
in-opened = Soulevé
in-answer-due = Explication attendue
in-brake = Le frein tient jusqu'au
in-brake-what = Tant qu'il tient, aucune partie ne peut mettre fin à la retenue selon ses termes. Il retient le constat, non les forces.
in-clarified = Expliqué comme
in-answer = { $a ->
    [accident] un accident
    [individuals] un acte d'individus, non de l'État
    [permitted] un acte permis
    [denied] démenti : ce n'est pas notre acte
   *[admitted] reconnu
}
in-remedy = Il y sera remédié.
in-contested-by = Contesté par
in-findings = Constatations
in-joint = Constatation commune
in-view-of = Avis exprimé par { $party }
in-established = { $e ->
    [substantiated] avérés
    [not-substantiated] non avérés
   *[undetermined] non déterminés
}
in-intent = { $i ->
    [intentional] intentionnel
    [accidental] accidentel
   *[undetermined] non déterminé
}
in-outcome = { $o ->
    [reaffirmed] réaffirmation
    [remedied] réparation
    [suspended] suspension
    [dropped] classement sans suite
    [denounced-after-notice] fin après préavis
   *[unresolved] sans solution
}
in-open = Ouvrir un incident
in-open-why = Une personne peut le faire seule. Dès lors, le frein tient pour les deux parties.
in-of-whom = De qui est l'acte
in-own = notre propre acte
in-when = Moment des faits (UTC)
in-which-clause = Clause
in-not-urgent = Ce n'est pas urgent : attendre le moment fixe prévu par le texte
in-do-open = Ouvrir et actionner le frein
in-explain = Expliquer
in-explain-do = Envoyer l'explication
in-contest = Contester
in-find = Constatation
in-find-established = Les faits
in-find-intent = L'intention
in-find-own = Notre seul avis, à côté de la constatation commune
in-find-do = Consigner la constatation
in-close = Clore
in-close-as = Issue
in-close-until = Suspension jusqu'au (UTC)
in-close-do = Clore, avec les autres
in-close-waits = Il est clos lorsque les autres disent de même.
in-ask = Demander ou expliquer par un modèle
in-ask-why = Les termes en sont prêts dans six langues.

## The line

ln-strip = Les derniers battements
ln-strip-why = Une marque par battement : scellé, manqué, ou pas encore venu.
ln-strip-said = { $sealed } scellés, { $missed } non
ln-rooms = Salles
ln-room = Salle
ln-seats = Sièges
ln-members = Membres
ln-waiting = en attente de départ
ln-room-state = { $state ->
    [in-the-room] dans la salle
    [joining] entrée en cours
    [returning] retour en cours
   *[removed] retirée
}
ln-alarms = Alarmes
ln-no-alarms = Aucune alarme n'a été donnée.
ln-do = Que faire
ln-open = ouverte
ln-cleared = levée
ln-alarm = { $name ->
    [SILENT] Aucun battement, ou rien d'un chef de délégation, depuis { $n } battements.
    [GAP] Des cellules remises par un membre ne sont pas arrivées.
    [WITHHELD] Des cellules qui sont les vôtres ne sont pas scellées.
    [SKEW] Le battement et l'horloge de cette machine se sont écartés.
    [UNREADABLE] Les cellules d'un membre ne s'ouvrent pas ici.
    [RESTORED] Le relais est revenu à un état antérieur.
    [CHAIN] Un battement ne faisait pas suite au précédent. Il a été refusé.
    [ALTERED] Un passage à porter mot pour mot n'est pas ce que son auteur a scellé.
    [ALTERED-CELL] Une autre cellule se trouve à votre place.
    [FORK] Deux stations se sont vu montrer des battements différents.
    [UNANSWERED] Un essai de la ligne est resté sans réponse. L'alarme ne dit pas pourquoi.
   *[other] Observé : { $name }.
}
ln-advice = { $name ->
    [SILENT] Vérifier la ligne et l'horloge ; puis demander par une autre voie.
    [GAP] S'attendre à un retard. Si cela persiste, recourir à une autre voie.
    [WITHHELD] Vérifier votre ligne. Si cela persiste, recourir à une autre voie.
    [SKEW] Vérifier l'horloge de cette machine ; puis consulter l'opérateur.
    [UNREADABLE] Interroger le membre par une autre voie ; il lui faudra peut-être entrer de nouveau.
    [RESTORED] Consulter l'opérateur. Ce dont la réception n'a pas été confirmée est renvoyé.
    [CHAIN] Si cela persiste, consulter l'opérateur.
    [ALTERED] Ne pas s'y fier. Le faire porter de nouveau.
    [ALTERED-CELL] Le relais est infidèle. En informer l'autre partie par une autre voie.
    [FORK] Ne se fier à rien depuis lors. Comparer les procès-verbaux par une autre voie.
    [UNANSWERED] Ne pas présumer de la cause. Demander par une autre voie.
   *[other] Lire les mots de la station.
}
ln-sides = Lignes
ln-line-state = { $state ->
    [suspended] suspendue
   *[open] ouverte
}
ln-suspended-by = suspendue par { $by }
ln-schedule = Essai toutes les { $n } minutes
ln-next = Prochain essai
ln-next-by = par { $by }
ln-no-schedule = Aucun calendrier des essais n'a été fixé.
ln-last-human = Dernière personne entendue
ln-checks = Essais de la ligne
ln-no-checks = Aucun essai n'a été fait.
ln-check-made = { $made ->
    [automatic] par la station
   *[person] par une personne
}
ln-check-answered = réponse reçue
ln-check-unanswered = sans réponse
ln-check-waits = attend une réponse
ln-check-now = Essayer la ligne maintenant
ln-answer-now = Répondre en personne
ln-answer-text = Une ligne de texte
ln-suspend = Suspendre
ln-suspend-from = À partir du (UTC)
ln-suspend-reason = Raison, s'il y a lieu d'en donner une
ln-resume = Reprendre
ln-set-schedule = Fixer le calendrier
ln-every = Intervalle, en minutes
ln-watch = La veille
ln-on-duty = De permanence
ln-nobody = personne
ln-hand-over = Remettre la veille
ln-hand-note = Note pour qui la prendra
ln-hand-open = Ce qui reste en suspens
ln-take = Prendre la veille
ln-second = Une seconde personne libère tout message destiné à une autre partie
ln-second-on = Une seconde personne libère les messages
ln-second-set = Changer
ln-release = Libérer
ln-offered = Remise par { $by }
ln-no-cause = Une alarme dit ce qui a été observé, jamais à qui en est la faute.

## People

pe-own = Votre délégation
pe-label = Nom
pe-role = Rôle
pe-invited = Invité, pas encore présent
pe-expires = Valable jusqu'au
pe-quorum = { $n ->
    [one] { $n } chef de délégation ou mandant décide
   *[other] { $n } chefs de délégation ou mandants décident ensemble
}
pe-proposed = Un changement attend d'être approuvé
pe-proposed-what = Approbations : { $approved } sur { $needs }
pe-adds = ajoute
pe-removes = retire
pe-new-quorum = ensuite, décision à { $n }
pe-approve = Approuver le changement
pe-drop = Abandonner le changement
pe-add = Ajouter un délégué
pe-add-do = Établir une invitation
pe-add-why = L'invitation est un secret, valable une seule fois. Remettez-la en main propre.
pe-invitation = L'invitation
pe-invitation-once = Elle n'est montrée qu'une fois. Enregistrez-la, remettez-la en main propre, puis effacez votre copie.
pe-save = Enregistrer dans un fichier
pe-remove = Retirer un délégué
pe-remove-who = Qui
pe-remove-reason = Raison, montrée à votre délégation
pe-remove-do = Retirer de toutes les salles
pe-remove-why = Dès le battement où le retrait est scellé, cette station ne lit plus rien. Ce qu'elle a lu auparavant, elle le garde.
pe-set-quorum = Combien décident
pe-others = L'autre partie
pe-vouched = garantie donnée
pe-not-vouched = garantie pas encore donnée
pe-verify = Qui se tient derrière l'autre partie
pe-verify-state = { $state ->
    [only-the-intermediary-vouches] Seul l'intermédiaire s'en porte garant.
    [words-offered] Des mots ont été proposés et tous ne les ont pas encore confirmés.
    [envoy-words] Confirmée par des mots qu'un envoyé a portés.
    [compared-words] Confirmée par des mots que deux chefs de délégation ont comparés.
   *[mismatch] Les mots ne concordent pas. Il y a eu une faute de saisie, ou quelqu'un s'interpose.
}
pe-verify-limit = Si personne ne s'en assure jamais, l'intermédiaire pourrait s'interposer entre les deux parties sans être vu. Une seule comparaison le révèle.
pe-words = Douze mots, portés par un envoyé
pe-words-why = Un chef de délégation les établit ; un envoyé les porte sur papier, sans passer par l'intermédiaire ; l'autre chef de délégation les saisit.
pe-words-new = Établir douze mots
pe-words-shown = Notez-les sur papier maintenant. Ils ne sont montrés qu'une fois.
pe-words-enter = Saisir douze mots
pe-words-enter-do = Valider les mots
pe-compare = Quatre mots, comparés de vive voix
pe-compare-why = Les deux chefs de délégation ouvrent la comparaison, et se lisent les quatre mots par une voie où ils se reconnaissent.
pe-compare-begin = Ouvrir la comparaison
pe-compare-words = Vos quatre mots
pe-compare-same = Ils sont identiques
pe-compare-different = Ils diffèrent
pe-fingerprint = Chiffres, comparés à loisir
pe-fingerprint-why = Les mêmes chiffres aux deux bouts signifient que personne ne s'interpose. Cela ne laisse aucune trace.
pe-mine = vous

## Public words

pu-statements = Déclarations publiques
pu-no-statements = Aucune déclaration publique n'a été annoncée.
pu-announce = Annoncer une déclaration avant qu'elle soit faite
pu-mark = Comment votre partie la considère
pu-view = { $v ->
    [rhetoric] rhétorique
    [not-rhetoric] plus que de la rhétorique
   *[undecided] non décidé
}
pu-noticed = annoncée au préalable
pu-not-noticed = non annoncée au préalable
pu-differ = Les parties divergent.
pu-note = Note
pu-exposures = Révélation du canal
pu-no-exposures = Aucune révélation n'a été signalée.
pu-report = Signaler une révélation
pu-lines = Ce que l'on dit si l'on est interrogé
pu-lines-agreed = La même formule des deux côtés
pu-lines-differ = Les parties n'ont pas nommé la même formule.
pu-existence = Sur l'existence du canal
pu-content = Sur ce qui a été dit
pu-propose = Proposer la formule
pu-corrections = Rectifications
pu-compare = Comparer un texte publié avec votre procès-verbal
pu-compare-why = Rien ne quitte cette station. Elle indique quelle part du texte est consignée ici.
pu-published = Le texte publié
pu-compare-do = Comparer
pu-found = Mots consignés ici : { $found } sur { $words }
pu-found-nothing = Rien n'en est consigné ici.

## The record

rc-why = Votre propre procès-verbal, dans l'ordre : ce qui est venu, ce qui est parti, et chaque étape avec son battement. À rapprocher de celui de l'autre partie.
rc-none = Le procès-verbal est vide.

## Settings

st-language = Langue
st-theme = Luminosité
st-theme-of = { $theme ->
    [light] clair
    [dark] sombre
   *[auto] selon le réglage de cette machine
}
st-numerals = Chiffres
st-numerals-of = { $n ->
    [local] de la langue
   *[latin] 0 à 9
}
st-save = Enregistrer
st-share = Mode partage
st-share-why = Tant qu'il est actif, les pages ne portent aucun contenu : seulement les formes, les états et les délais.
st-lock = Verrouillage
st-lock-after = Verrouillage automatique après
st-lock-never = jamais : une salle de veille qui n'est jamais quittée
st-lock-minutes = { $n ->
    [one] { $n } minute sans frappe ni clic
   *[other] { $n } minutes sans frappe ni clic
}
st-burn = Brûler
st-burn-what = Brûler détruit, sur cette station, les clés des archives d'une salle pour un jour, ou pour tous les jours.
st-burn-erases = Sont effacés ici : les textes des dépêches, des transmissions, des ententes et des observations de cette salle et de cette période.
st-burn-keeps = Ne sont pas effacés : les copies de l'autre partie ; ce que des personnes ont noté ; l'état des ententes, qui se poursuit sans ses mots ; les brouillons, qui se jettent un par un.
st-burn-room = Salle
st-burn-day = Jour (UTC)
st-burn-all = tous les jours
st-burn-sure = Je sais que cela est irréversible
st-burn-do = Brûler
st-burned = Brûlé, ici.
st-files = Modèles propres à ce canal
st-files-why = Les modèles et les codes que ce canal détient en plus de ceux de la maison.
st-stop = Arrêter la station
st-stop-why = Le siège devient silencieux, ce que les autres voient.
st-retention = Conservation
st-retention-why = La durée de conservation d'un texte se choisit pour chaque dépêche, lors de sa rédaction.
st-sessions = Ce bureau
st-leave = Quitter ce bureau
st-leave-why = Plus rien n'est montré à ce navigateur. La station continue.

## What the desk says of what was asked

fault-title = { $kind ->
    [refused] Une règle s'y oppose
    [usage] Ceci n'est pas compris
    [not-found] Il n'y a rien de ce nom
    [locked] La station est verrouillée
    [wrong-passphrase] La phrase secrète est inexacte
    [unreachable] La station ne répond pas
    [check-failed] Un contrôle a échoué
    [csrf] La page est trop ancienne
    [too-long] C'est trop long
   *[internal] Le programme a échoué
}
fault-hint = { $kind ->
    [refused] Modifiez ce que nomment les mots ci-dessous, puis réessayez. Rien n'a été envoyé.
    [usage] Corrigez ce que nomment les mots ci-dessous. Rien n'a été envoyé.
    [not-found] Cela a pu être effacé, ou appartenir à une autre station.
    [locked] Déverrouillez-la, puis réessayez.
    [wrong-passphrase] Réessayez. Elle ne peut pas être récupérée.
    [unreachable] Démarrez la station. Ce que vous avez écrit reste ici.
    [check-failed] Voir les mots ci-dessous.
    [csrf] Rechargez la page. Ce que vous avez écrit reste ici jusque-là.
    [too-long] Abrégez. Rien n'a été envoyé.
   *[internal] Réessayez ; en cas de nouvel échec, signalez-le.
}
fault-page-missing = Cette page n'existe pas
fault-door = Cette demande ne venait pas de la page du bureau lui-même. Rien n'a été fait.

## Keys

keys-title = Raccourcis
keys-why = Ils agissent lorsque vous n'écrivez pas.
key-help = cette fiche
key-goto = g, puis une lettre, mène à une page
key-next = suivant dans une liste
key-previous = précédent
key-open = ouvrir
key-write = rédiger une dépêche
key-lock = verrouiller maintenant
key-share = masquer ou montrer le contenu
key-escape = fermer, ou quitter un champ

## Kinds of what happened

journal = { $kind ->
    [connected] La ligne est établie
    [disconnected] La ligne est coupée
    [joined] Entrée dans le canal
    [room-ready] Une salle est prête
    [member-joined] Quelqu'un est entré dans une salle
    [member-removed] Quelqu'un a été retiré
    [removed] Cette station a été retirée
    [roster] Une délégation a changé
    [roster-proposed] Un changement de la délégation est proposé
    [roster-approved] Un changement de la délégation est approuvé
    [verified] L'identité de l'autre partie est établie
    [verify-mismatch] Les mots ne concordent pas
    [received] Une dépêche est arrivée
    [acknowledged] Réception confirmée par leur station
    [sent] Envoi
    [read] Lecture
    [conveyed] Transmission
    [read-back] Reformulation
    [altered] Un passage est ALTERED
    [matched] Comparé et trouvé identique
    [not-conveyed] Non transmis mot pour mot
    [alarm] Une alarme a été donnée
    [alarm-cleared] Une alarme a été levée
    [catching-up] Rattrapage en cours
    [caught-up] Rattrapage achevé
    [rejoining] Nouvelle entrée en cours
    [refused] Quelque chose a été refusé
    [returned] Dépêche rendue
    [declined] Décliné
    [reply-soon] Une réponse est bientôt attendue
    [reply-overdue] Le délai d'une réponse est dépassé
    [locked] Verrouillage
    [unlocked] Déverrouillage
    [restored] Le relais a été restauré
    [understanding] Un texte ou une observation
    [ceremony] Une cérémonie se poursuit
    [in-effect] Produit effet
    [in-question] Mis en question
    [suspended] Suspendu
    [ended] A pris fin
    [reminder] Un rappel
    [undeliverable] N'a pas pu être remis
    [burned] Brûlé ici
    [claim] Le registre des affirmations
    [incident] Un incident
    [line-unanswered] Un essai de la ligne est resté sans réponse
    [registry-used] Le registre l'a portée au-delà d'un intermédiaire silencieux
    [not-told] Ceux qui sont liés n'ont pas tous été informés
   *[other] { $kind }
}

## Rules, and what was added last

rule = { $rule ->
    [FORM-1] Un message oral ne porte ni date, ni titre, ni adresse.
    [FORM-2] Un non-paper ne porte ni date ni adresse. Retirez-les, ou choisissez un aide-mémoire.
    [FORM-3] Un aide-mémoire est daté : indiquez la date.
    [FORM-4] Un aide-mémoire ne porte pas d’adresse. Retirez-la, ou choisissez une note verbale.
    [FORM-5] Un bout de papier ne porte ni date, ni titre, ni adresse.
    [FORM-6] Une note verbale est adressée : indiquez à qui.
    [FORM-7] Cette forme ne porte pas de signature : retirez la ligne qui y ressemble.
    [FORM-8] Cette forme ne porte pas de date : retirez la ligne qui en est une.
    [FORM-9] Un non-paper ne prend pas d’engagement à la première personne.
    [FORM-10] Cette forme s’écrit à la troisième personne.
    [FORM-11] Un aide-mémoire ne comporte pas de formules de politesse.
    [FORM-12] Un aide-mémoire ne s’adresse à personne.
    [FORM-13] Un bout de papier n’énonce que des faits : ceci juge ou engage.
    [CHECK-1] Une fin se donne avec son heure et son décalage par rapport à UTC : un jour seul peut se lire de deux façons.
    [CHECK-2] Il n'est pas dit si l'instant de la fin compte encore dans la durée.
    [CHECK-3] Un engagement dit où et quand il tient.
    [CHECK-4] Ce qui est permis recouvre ce qui est interdit au même lieu : permettez un acte plus étroit, ou un autre lieu.
    [CHECK-5] Un acte permis n'est décrit que par des mots : rien ne peut être comparé.
    [CHECK-6] Il n'est pas dit comment deux zones se situent l'une par rapport à l'autre : dites si elles sont séparées.
    [CHECK-7] La légitime défense, nommée sans plus, absorberait l'engagement : dites ce qu'elle signifie ici, ou omettez-la.
    [CHECK-8] Un nom, un terme, une définition ou une clause manque dans l'une des langues.
    [CHECK-9] Une traduction n'a pas les mêmes paragraphes, emplacements, termes marqués ou nombres que la version de rédaction.
    [CHECK-10] Deux mots que l'on prend l'un pour l'autre figurent dans une même langue : mettez les deux au glossaire.
    [CHECK-11] Un terme marqué ne figure pas au glossaire.
    [CHECK-12] Un terme technique n'est ni marqué ni au glossaire.
    [CHECK-13] Un mot trahit un traité, là où la forme n'en veut aucun.
    [CHECK-14] Personne n'a relu cette traduction.
    [CHECK-15] Une assurance est sans contrepartie : chaque partie donne son assurance à toute partie qui lui donne la sienne.
    [CHECK-16] Les assurances que se donnent les parties portent sur des actes différents : vérifiez que c'est bien ce qui est voulu.
    [CHECK-17] Un terme du glossaire n'est pas confirmé par toutes les parties.
    [CHECK-18] Aucune clause n'énonce ceci.
    [CHECK-19] Un emplacement n'est pas rempli, ou il reste un signe égaré.
    [CHECK-20] Il manque quelque chose qu'une entente devrait dire.
    [CHECK-21] Des temps ne cadrent pas entre eux.
    [CHECK-22] Ce n'est pas le code d'un acte du fichier des actes.
    [CHECK-23] Un texte qui en remplace un autre commence partout au même instant.
    [LIFE-3] Cela ne se fait pas dans l'état où se trouve l'entente, ou a déjà été fait.
    [LIFE-4] Cette personne ne peut pas le faire, ou pas seule.
    [LIFE-9] Une version se fige sous un numéro supérieur aux précédents.
    [LIFE-10] Seule la version figée s'approuve, et seulement par ceux qui approuvent pour la partie.
    [LIFE-11] Il n'y a pas d'approbation à retirer ; ou la partie a effectué son dépôt, et retire d'abord celui-ci.
    [LIFE-12] Cette tentative ne peut pas commencer : son texte n'est pas connu ici, ou tous ont déjà confirmé la réception, ou les chefs de délégation ne disent pas la même chose.
    [LIFE-13] La tentative a expiré, ou n'a jamais été engagée, ou le quorum de la partie n'a pas approuvé ce texte.
    [LIFE-14] Il n'y a pas de dépôt à retirer ; ce qui a été libéré ne peut être ni retiré ni détruit.
    [LIFE-17] La confirmation de réception vient trop tard, ou rien n'a été libéré : personne n'est lié.
    [LIFE-19] La composition d'une délégation a changé : le texte est figé de nouveau.
    [LIFE-22] Les termes ne connaissent pas cette zone, ou tous n'ont pas confirmé la réception.
    [LIFE-24] Cela ne peut pas être réaffirmé à présent : hors de la période prévue, ou préavis donné, ou les termes ne connaissent pas de renouvellement.
    [LIFE-25] Les termes ne permettent pas un tel préavis, ou il est plus court qu'ils ne le disent, ou il n'y en a aucun à retirer.
    [LIFE-27] Il est consigné plus que n'en admet une entente, ou un quorum que personne ne peut réunir.
    [LIFE-28] Une autre entente la remplace, ou l'instant est déjà passé.
    [INCIDENT-2] Les faits sont trop anciens, ou à venir, ou hors du temps où l'entente produit effet.
    [INCIDENT-5] Cela revient à une autre partie, ou il n'y a pas d'incident de ce nom.
    [INCIDENT-7] L'incident est clos, ou l'instant est déjà passé.
    [INCIDENT-9] Cette partie a ouvert 64 incidents en un an ; envoyez plutôt une dépêche.
   *[other] -
}
in-queries = Questions en attente
in-query-answer = Y répondre par un modèle
in-query-write = Y répondre dans vos propres termes
in-query-none = Aucune question n'attend votre partie.
st-retention-default = Réglage de départ d'une nouvelle dépêche
wr-kept-here = Conservé dans le coffre pendant la saisie, et à retrouver ici et sous Dépêches.
dp-thread = Dépêches liées
room-name = { $room ->
    [delegation] salle de la délégation
    [registry] registre
   *[caucus] aparté avec { $party }
}

## Rehearsal

page-rehearsal = Répétition
rh-why = Modifiez un terme et voyez comment la courbe se déplace. Les deux courbes portent sur les mêmes événements.
rh-which = Entente
rh-none = Il n'y a aucun texte à répéter.
rh-channel = Le porteur
rh-first = Comment la première partie décide
rh-second = Comment la seconde partie décide
rh-as-assumed = Selon les hypothèses
rh-model = Hypothèses, en fichier
rh-model-hint = Laissé vide, chaque nombre n'est qu'un exemple. Une probabilité peut venir de votre registre des affirmations : credence = {"{"} claim = "4f2a91c0" {"}"}. docs/spec/rehearsal.md
rh-curves = { $plain } : le texte tel qu'il est. { $changed } : tel qu'il a été changé ici.
rh-runs = { $n } essais chacune ; intervalles à { $level }.
rh-more = Plus d'essais, des graphiques et une page à imprimer : backchannel rehearse

## Claims

cl-why = Ce que d'autres affirment, la cote donnée, et jusqu'où chacun de votre délégation y croit. Cela reste dans la salle de votre délégation. Rien n'est vrai du fait de figurer ici.
cl-why-own = Ce que d'autres affirment, la cote que vous donnez, et jusqu'où vous y croyez. Cela reste sur cette station. Rien n'est vrai du fait de figurer ici.
cl-none = Aucune affirmation ne figure au registre.
cl-reliability = { $r ->
    [a] A : tout à fait fiable
    [b] B : habituellement fiable
    [c] C : assez fiable
    [d] D : rarement fiable
    [e] E : non fiable
   *[f] F : ne peut être jugée
}
cl-credibility = { $c ->
    [c1] 1 : confirmé par d'autres sources
    [c2] 2 : probablement vrai
    [c3] 3 : peut-être vrai
    [c4] 4 : douteux
    [c5] 5 : improbable
   *[c6] 6 : ne peut être jugé
}
cl-reliability-of = La source
cl-credibility-of = Ce qu'elle dit
cl-said-public = dit en public
cl-said-private = non dit en public
cl-by = Inscrite par
cl-amended = Modifiée
cl-withdrawn = retirée
cl-source = D'où elle vient
cl-evidence = Quelle preuve la ferait bouger
cl-rests = Sur quoi elle repose
cl-rests-hint = numéros de dépêches, ou leur début, un par ligne
cl-not-here = pas au dossier ici
cl-credences = Jusqu'où l'on y croit
cl-no-credence = Personne n'a dit jusqu'où il y croit.
cl-percent = { $n } %
cl-first = dit pour la première fois
cl-change = { $way ->
    [up] en hausse, { $n } % auparavant
    [down] en baisse, { $n } % auparavant
   *[same] comme auparavant, { $n } %
}
cl-older = Dit avant que l'affirmation ne soit modifiée.
cl-enter = Inscrire une affirmation
cl-enter-do = L'inscrire
cl-who = De qui vient l'affirmation
cl-who-hint = le nom d'une partie, ou quiconque dans vos mots
cl-text = Ce qui est affirmé, en { $language }
cl-when = Quand cela a été affirmé (UTC)
cl-public = Cela a été dit en public
cl-statements = Déclarations publiques sur lesquelles elle repose
cl-statements-hint = où et quand chacune a été faite, une par ligne
cl-then = Cela ne va qu'à votre délégation, et figure ici une fois scellé.
cl-believe = Jusqu'où vous y croyez
cl-believe-percent = De 0, certainement faux, à 100, certainement vrai
cl-because = Pourquoi
cl-believe-do = Dire jusqu'où
cl-amend = La modifier
cl-withdraw = La retirer
cl-withdraw-why = Elle reste au registre comme retirée.
cl-history = Ce qui a été inscrit, dans l'ordre
cl-did = { $what ->
    [entered] l'a inscrite
    [amended] l'a modifiée
    [withdrawn] l'a retirée
   *[believed] y croit à
}
