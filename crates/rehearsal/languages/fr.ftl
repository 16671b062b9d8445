# Les mots du compte rendu d'une mise à l'épreuve.

## Le cadre de la page
letters = A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
kind = Mise à l'épreuve d'une entente
title = Cette retenue tiendra-t-elle ?
notice-title = Cette page ne prédit rien.
notice = Chaque nombre y découle des hypothèses énumérées sous « Ce sur quoi cela repose », et de rien d'autre. Là où elles sont fausses, les nombres le sont aussi.
notice-short = Ne prédit rien. Repose sur les hypothèses indiquées.
contents = Sommaire
partial-title = Le calcul a été interrompu.
partial = Les nombres reposent sur moins de simulations que demandé, et leurs intervalles en sont plus larges.
fact-horizon = Horizon
fact-variants = Variantes
fact-runs = Simulations de chaque variante
fact-level = Niveau des intervalles
fact-seed = Graine
fact-state = Complétude
state-partial = interrompu : moins de simulations que demandé
state-whole = toutes les simulations ont été faites
found = Ce qui a été trouvé
holds = Combien de temps la retenue tient
ends = Pourquoi elle prend fin
buys = Ce qu'apporte chaque clause
costs = La retenue et le coût des fausses alertes
remarks = Ce qui contrarie les souhaits
runs = Les simulations ont-elles suffi ?
rests = Ce sur quoi cela repose
oracles = Comparaison avec des résultats publiés
again = Pour refaire cette page

## Ce qui a été trouvé
called = { $letter } ({ $name })
found-first = Dans { $variant }, la probabilité que la retenue tienne un an est de { $year } ({ $yearInterval }) ; pour { $span }, elle est de { $end } ({ $endInterval }).
found-first-short = Dans { $variant }, la probabilité que la retenue tienne { $span } est de { $end } ({ $endInterval }).
found-cause = Ce qui y met fin le plus souvent : { $cause }, dans { $share } des simulations.
found-range = À la fin, { $best } est au plus haut avec { $bestValue }, et { $worst } au plus bas avec { $worstValue }.
found-alike = { $n ->
    [one] Ces simulations ne distinguent pas { $letters } de { $first } : l'intervalle de l'écart contient zéro.
   *[other] Ces simulations ne distinguent pas { $letters } de { $first } : les intervalles des écarts contiennent zéro.
}
between-letters = {", "}
interval-note = Sous chaque nombre figure son intervalle au niveau de { $level }. Il couvre le hasard du tirage, non le doute sur les hypothèses. Toutes les variantes ont connu les mêmes événements fortuits : les écarts sont donc plus sûrs que les nombres qu'ils séparent.
table-variants = Les variantes côte à côte
col-variant = Variante
col-year = Tient un an
col-end = Tient { $span }
col-against = Écart avec { $first }, en points
col-question = Temps de mise en question
col-cost = Coût annuel des fausses alertes
col-runs = Simulations
rare-read = La retenue peut aussi prendre fin si rarement que des simulations ordinaires ne le montrent guère. Ici, le chemin vers sa fin est découpé en niveaux de péril croissant ; les essais qui en atteignent un sont copiés et se poursuivent au gré d'un nouveau hasard. La probabilité repose sur les mêmes règles et les mêmes hypothèses, et vaut pour toutes les causes ensemble.
table-rare = Fins que les simulations ordinaires peuvent être trop peu nombreuses à montrer
col-breakdown = Prend fin avant { $span }
col-trials = Essais commencés
col-note = Remarque
rare-rough = approximatif : il faut plus de simulations
rare-lacks = { $name ->
    [unreached] aucun essai n'est allé jusqu'à une fin
    [stopped] arrêté avant qu'il y ait quoi que ce soit à montrer
   *[other] ?
}

## Au fil du temps
holds-read = Chaque courbe est une variante, du début à l'horizon ; la bande qui l'entoure est son intervalle. Les courbes diffèrent par le trait et le repère autant que par la couleur.
holds-read-many = Chaque courbe est une variante, du début à l'horizon. Les courbes diffèrent par le trait et le repère autant que par la couleur. Leurs intervalles sont montrés une à une plus bas.
panels = Une à une
panels-read = Chaque variante avec son intervalle ; le trait fin est { $first }.
table-dates = Probabilité que la retenue tienne jusqu'à chaque date
table-causes = Part des simulations terminées par chaque cause
ends-read = Chaque barre est une variante ; sa longueur est la part des simulations où la retenue a pris fin avant l'horizon, découpée selon les causes.

## Les clauses
buys-read = Chaque clause du texte et chaque hypothèse du modèle a été déplacée seule de sa valeur basse à sa valeur haute. Plus la barre est longue, plus elle compte ; le trait vertical est { $first }. Les clauses viennent d'abord, car on peut les choisir ; puis les hypothèses qui comptent le plus.
buys-hidden = { $n ->
    [one] Une autre hypothèse déplace moins le résultat ; ses nombres sont dans le JSON de ce compte rendu.
   *[other] { $n } autres hypothèses déplacent moins le résultat ; leurs nombres sont dans le JSON de ce compte rendu.
}
buys-left-out = Non essayé, car un bout de l'étendue contredit le reste : { $names }.
table-tornado = Probabilité de tenir jusqu'à l'horizon quand une seule chose change
col-name = Ce qui change
col-sort = Nature
col-lower = Valeur basse
col-upper = Valeur haute
col-holds = Tient jusqu'à l'horizon
col-difference = Différence, en points
sort-term = clause
sort-assumption = hypothèse
key-term = une clause du texte
key-assumption = une hypothèse du modèle
key-lower-upper = à la valeur basse, à la valeur haute
bar-label = { $name } : { $lower } à { $upper }
costs-read = Chaque repère est un choix de clauses. Sur la ligne figurent ceux qu'aucun autre ne surpasse à la fois en retenue et en coût ; le coût est dans l'unité propre au modèle.
costs-best = Le meilleur trouvé dans les limites fixées : { $terms }. Il tient jusqu'à l'horizon avec { $value } ({ $interval }), pour un coût de { $cost } par an.
costs-over = Avec de nouveaux nombres aléatoires, il coûte plus que la limite de { $limit } par an. Ne vous y fiez pas.
costs-nothing = Parmi les combinaisons examinées ({ $n }), aucune ne reste sous un coût de { $limit } par an.
costs-partly = Il y avait trop de combinaisons pour les examiner toutes : une clause a été changée à la fois, et il peut y en avoir de meilleures.
costs-impossible = Combinaisons qui se contredisent et ont été laissées de côté : { $n }.
costs-others = { $n ->
    [one] Un autre choix a été examiné ; il est moins bon d'un côté sans être meilleur de l'autre.
   *[other] { $n } autres choix ont été examinés ; aucun n'est meilleur des deux côtés. Tous figurent dans le JSON de ce compte rendu.
}
table-frontier = Choix qu'aucun autre ne surpasse des deux côtés
col-number = N°
col-terms = Clauses
key-best = meilleur trouvé
no-terms = le texte tel quel

## Ce que disent les modèles
remarks-read = Les modèles disent aussi ceci, et on le montre parce que personne ne l'espérait.
remark = { $name ->
    [mediation-adds-nothing] La médiation n'apporte rien ici : la parole directe entre les parties fait aussi bien.
    [faster-reporting-destroys] Des signalements plus rapides détruisent ici la retenue : chacun en dit trop peu, et trop sont faux.
    [no-trigger-holds] Aucune menace de répondre à la violation par la violation, si longue soit-elle, ne soutient ici la retenue.
    [term-buys-nothing] Une clause n'apporte rien que ces simulations puissent montrer.
    [channel-worsens] La retenue tient ici moins bien avec le canal que sans lui.
   *[other] ?
}
runs-read = L'estimation pour { $first } et son intervalle après un nombre croissant de simulations. Une courbe au repos, dans une bande étroite au regard des écarts qui importent, indique qu'elles ont suffi.
table-convergence = L'estimation après un nombre croissant de simulations
col-width = Largeur de l'intervalle, en points

## Hypothèses, résultats publiés
rests-read = Voici les hypothèses, celles qui ont le plus compté d'abord. La dernière colonne dit de combien de points la probabilité de tenir se déplace quand l'hypothèse parcourt son étendue.
rests-not-measured = Voici les hypothèses. Lesquelles comptent le plus n'a pas été examiné.
rests-text = Le texte tel qu'il est : { $terms }.
rests-illustrative = { $n ->
    [one] Une hypothèse sur { $all } n'a pas de source. Elle est marquée, et vaut comme exemple, non comme état du monde.
   *[other] { $n } hypothèses sur { $all } n'ont pas de source. Elles sont marquées, et valent comme exemples, non comme état du monde.
}
table-assumptions = Hypothèses
col-assumption = Hypothèse
col-value = Valeur
col-source = Source
col-matters = Déplace le résultat de, en points
illustrative = illustratif
oracles-read = { $n ->
    [one] Le même programme calcule un nombre que d'autres ont publié. Il dit que le mécanisme est juste, non que les hypothèses le sont.
   *[other] Le même programme calcule { $n } nombres que d'autres ont publiés. Ils disent que le mécanisme est juste, non que les hypothèses le sont.
}
oracles-failed = { $n ->
    [one] Un nombre ne concorde pas. Rien sur cette page n'est fiable tant qu'il ne concorde pas.
   *[other] { $n } nombres ne concordent pas. Rien sur cette page n'est fiable tant qu'ils ne concordent pas.
}
table-oracles = Nombres publiés et nombres calculés ici
col-oracle = Nombre et source
col-published = Publié
col-computed = Calculé
col-error = Erreur
col-agrees = Concorde
agrees = oui
disagrees = non
again-read = Le même texte, le même modèle, la même graine et le même nombre de simulations donnent les mêmes nombres, sur toute machine et quel que soit le nombre de ses cœurs.

## Graphiques
axis-holds = Probabilité que la retenue tienne
axis-holds-cut = Probabilité que la retenue tienne ; l'axe commence à { $from }
axis-holds-end = Probabilité de tenir jusqu'à l'horizon
axis-ended = Part des simulations où la retenue a pris fin
axis-cost = Coût annuel des fausses alertes
axis-runs = Simulations faites
axis-years = années
axis-months = mois
axis-days = jours
plot-survival = Probabilité que la retenue tienne, au fil du temps
plot-survival-words = { $n ->
    [1] Une courbe, du début à { $span }. À la fin elle est à { $bestValue } : { $best } ; au plus bas { $worstValue } : { $worst }. Tous les nombres sont dans le tableau qui suit le graphique.
   *[other] { $n } courbes, une par variante, du début à { $span }. À la fin, { $best } est au plus haut, à { $bestValue }, et { $worst } au plus bas, à { $worstValue }. Tous les nombres sont dans le tableau qui suit le graphique.
}
plot-panel-words = { $variant }, avec son intervalle. Après { $span }, la courbe est à { $value } ({ $interval }).
plot-causes = Pourquoi la retenue a pris fin, par variante
plot-causes-words = { $n ->
    [one] Une barre, découpée selon les causes. Ce qui met fin le plus souvent à { $variant } : { $cause }, dans { $value } des simulations. Tous les nombres sont dans le tableau qui suit le graphique.
   *[other] { $n } barres, une par variante, découpées selon les causes. Ce qui met fin le plus souvent à { $variant } : { $cause }, dans { $value } des simulations. Tous les nombres sont dans le tableau qui suit le graphique.
}
plot-tornado = Ce que déplacent chaque clause et chaque hypothèse
plot-tornado-words = { $n ->
    [one] Une barre. { $name } : à { $lower }, la retenue tient jusqu'à l'horizon avec { $lowerValue } ; à { $upper }, avec { $upperValue }. Tous les nombres sont dans le tableau qui suit le graphique.
   *[other] { $n } barres, la plus longue d'abord. { $name } : à { $lower }, la retenue tient jusqu'à l'horizon avec { $lowerValue } ; à { $upper }, avec { $upperValue }. Tous les nombres sont dans le tableau qui suit le graphique.
}
plot-frontier = La retenue et le coût des fausses alertes, par choix de clauses
plot-frontier-words = { $n ->
    [one] Un choix de clauses, dont { $on } qu'aucun autre ne surpasse : de { $low } pour un coût de { $lowCost } à { $high } pour un coût de { $highCost }. Les nombres sont dans le tableau qui suit le graphique.
   *[other] { $n } choix de clauses, dont { $on } qu'aucun autre ne surpasse des deux côtés : de { $low } pour un coût de { $lowCost } à { $high } pour un coût de { $highCost }. Les nombres sont dans le tableau qui suit le graphique.
}
plot-convergence = L'estimation après un nombre croissant de simulations
plot-convergence-words = L'estimation pour { $variant }. Après { $few } simulations, son intervalle était { $fewInterval } ; après { $many } simulations, il est { $manyInterval }. Les nombres sont dans le tableau qui suit le graphique.
plot-empty = Il n'y a rien à montrer.

## Valeurs
interval = { $low } à { $high }
term-value = { $term } { $value }
between-terms = {", "}
span-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
}
span-months = { $n ->
    [one] { $n } mois
   *[other] { $n } mois
}
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
span-beats = { $n ->
    [one] { $n } battement
   *[other] { $n } battements
}
rate-year = { $n } par an
rate-day = { $n } par jour

## Noms dans les fichiers
term = { $name ->
    [brake] frein
    [reply] délai de réponse
    [notice] préavis
    [complaint] délai de plainte
    [duration] durée
    [lasts] durée
    [renewal] renouvellement
    [renewal-before] délai pour réaffirmer avant la fin
    [batching] regroupement
    [read-back] reformulation
    [courier] intermédiaire
    [channel] canal
   *[other] ?
}
courier = { $name ->
    [faithful] intermédiaire fidèle
    [slow] intermédiaire lent
    [biased] intermédiaire partial
    [faithless] intermédiaire infidèle
    [absent] intermédiaire absent
    [none] aucun canal
   *[other] ?
}
value = { $name ->
    [yes] oui
    [no] non
    [true] oui
    [false] non
    [on] oui
    [off] non
    [none] aucun
    [unforgiving] implacable
    [generous] généreuse
    [contrite] contrite
    [trigger] à déclenchement
    [bayesian] seuil bayésien
    [bayes] seuil bayésien
    [first] première partie
    [second] seconde partie
    [table] table écrite
   *[other] ?
}
variant = { $name ->
    [plain] le texte tel quel
    [channel] avec le canal
    [with-channel] avec le canal
    [without-channel] sans canal
    [no-channel] sans canal
   *[other] ?
}
cause = { $name ->
    [false-alarm] fausse alerte
    [accident] accident
    [non-party] acte d'un tiers
    [breach] violation réelle
    [notice] préavis donné
    [lapse] échéance sans renouvellement
   *[other] ?
}
parameter = { $name ->
    [years] horizon
    [channel-kind] intermédiaire
    [channel-towards] partie que favorise un intermédiaire partial
    [rule] règle de décision
    [table] table de décisions écrite
    [channel-beat-seconds] battement du relais
    [channel-grace-beats] délai de grâce après une fin
    [channel-delay-beats] retard supplémentaire avant qu'un acte soit scellé
    [channel-loss] pertes sur le canal
    [channel-resend-beats] attente avant un nouvel envoi
    [channel-courier-hours] temps que met l'intermédiaire à transmettre
    [channel-garbles] paroles arrivées mal comprises
    [channel-read-back] reformulation
    [channel-read-back-hours] temps qu'ajoute une reformulation
    [channel-read-back-catches] malentendus qu'une reformulation redresse
    [channel-slow-factor] lenteur d'un intermédiaire lent
    [channel-bias-drops] paroles qu'omet un intermédiaire partial
    [channel-bias-factor] lenteur d'un intermédiaire partial
    [channel-withholds] paroles que retient un intermédiaire infidèle
    [channel-alters] paroles qu'altère un intermédiaire infidèle
    [channel-absent-from-days] temps après lequel l'intermédiaire est absent
    [channel-absent-stretch-days] périodes d'absence de l'intermédiaire
    [channel-present-stretch-days] périodes de présence de l'intermédiaire
    [false-alarms-per-year] fausses alertes
    [accidents-per-year] accidents
    [non-party-acts-per-year] actes de tiers
    [opportunities-per-year] occasions de gagner par une violation
    [false-alarm-burst] fausses alertes que chacune entraîne
    [accident-burst] accidents que chacun entraîne
    [non-party-burst] actes de tiers que chacun entraîne
    [opportunity-burst] occasions que chacune entraîne
    [burst-days] temps après lequel l'un entraîne le suivant
    [notices-false-alarm] fausses alertes parvenues aux décideurs
    [notices-accident] accidents remarqués
    [notices-non-party-act] actes de tiers remarqués
    [notices-breach] violations remarquées
    [noticing-hours] temps avant qu'un fait soit remarqué
    [attribution-false-alarm-breach] fausse alerte prise pour une violation
    [attribution-false-alarm-accident] fausse alerte prise pour un accident
    [attribution-false-alarm-non-party] fausse alerte prise pour un acte de tiers
    [attribution-false-alarm-nothing] fausse alerte reconnue comme telle
    [attribution-accident-breach] accident pris pour une violation
    [attribution-accident-accident] accident reconnu comme tel
    [attribution-accident-non-party] accident pris pour un acte de tiers
    [attribution-accident-nothing] accident pris pour rien
    [attribution-non-party-breach] acte de tiers pris pour une violation
    [attribution-non-party-accident] acte de tiers pris pour un accident
    [attribution-non-party-non-party] acte de tiers reconnu comme tel
    [attribution-non-party-nothing] acte de tiers pris pour rien
    [attribution-breach-breach] violation reconnue comme telle
    [attribution-breach-accident] violation prise pour un accident
    [attribution-breach-non-party] violation prise pour un acte de tiers
    [attribution-breach-nothing] violation prise pour rien
    [second-look] fausses alertes que son personnel décèle
    [second-look-hours] temps que met son personnel
    [hair-trigger] réaction immédiate à une alerte
    [patience-hours] patience devant une alerte inexpliquée
    [waits-for-reply] attente jusqu'au terme du délai de réponse
    [honours-brake] attente tant que le frein tient
    [opens-above] conviction au-delà de laquelle elle ouvre un incident
    [urgent-above] conviction au-delà de laquelle un incident est urgent
    [lawful] préavis là où elle agirait aussitôt
    [convinced] conviction qui vaut certitude
    [generosity] violations qu'une règle généreuse laisse passer
    [trigger-days] durée de la suspension par déclenchement
    [threshold] conviction au-delà de laquelle elle abandonne la retenue
    [standing-days] mémoire d'une faute propre
    [suspended-strikes-per-year] frappes pendant la suspension
    [finding-out-hours] temps pour savoir ce qu'ont fait les siens
    [works-to-deadline] part du délai restant qu'elle prend aussi
    [answers] fait de répondre
    [provisional] réponse partielle au terme du délai
    [convinces] explications sincères qui convainquent
    [admits] violations reconnues par leur auteur
    [self-reports] accidents propres signalés d'office
    [credence] crédit de départ
    [worth-of-words] poids d'une explication convaincante
    [worth-of-code] poids d'une réponse au registre
    [worth-of-silence] poids du silence au-delà du délai
    [worth-of-admission] poids d'un aveu
    [trust-gain] confiance gagnée par une affaire expliquée
    [trust-loss] confiance que laisse une affaire inexpliquée
    [quiet-days] temps où ce qui fut appris vaut moitié moins
    [temptation] gain à rompre seule la retenue
    [reward] gain quand les deux la gardent
    [punishment] gain sans retenue
    [sucker] gain quand l'autre seule la rompt
    [advantage-days] durée d'un avantage
    [impatience-per-year] impatience
    [feared-breaks-per-year] violations qu'elle craint de l'autre
    [strong] probabilité a priori d'être forte
    [strong-temptation] tentation d'une partie forte, en multiple
    [open-breach] violations si manifestes que la retenue finit
    [threatens] menaces publiques à propos d'une alerte
    [audience-cost] coût d'une menace publique sans suite
    [forgets] oubli de réaffirmer
    [grudge] refus de réaffirmer à cause d'une affaire
    [grudge-days] durée de la rancune
    [renewal-lead-hours] avance avec laquelle elle réaffirme
    [question-cost-per-day] coût d'un jour de mise en question
    [alarm-cost] coût d'une alerte pour rien
   *[other] ?
}
of-side = { $side ->
    [first] { $what } (première partie)
   *[second] { $what } (seconde partie)
}
